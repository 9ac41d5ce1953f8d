"""How the explorer looks beyond Streamlit's own: tables that fold on a phone, quotes, badges, paper.

Nothing is fetched from anywhere: fonts are the reader's own. The one script keeps a click on a link of ours
inside the open page, so that nothing is loaded anew; without it the links work as any other.
"""

from kg.explain import Lang

#: colours of Okabe and Ito (2008), told apart by people who see red and green alike
KIND_COLOURS = {
    "quantity": "#56B4E955",
    "citation": "#F0E44280",
    "assignment": "#009E7344",
    "goal": "#CC79A755",
    "deadline": "#E69F0055",
    "task": "#99999933",
}

_CSS = """
[data-testid=stMainBlockContainer]{padding-top:3.2rem;padding-bottom:3rem}
h1{font-size:1.9rem!important;padding-top:0!important}
h2,h3{font-size:1.3rem!important}
[data-testid=stHtml] a{color:#0B5CAD;text-decoration-thickness:1px;text-underline-offset:3px;
 text-decoration-color:#0B5CAD55}
[data-testid=stHtml] a:hover{text-decoration-color:currentColor}
.kg-table{border-collapse:collapse;width:100%;font-size:.92rem}
.kg-table th{text-align:left;font-weight:600;border-bottom:2px solid #8888;padding:.35rem .5rem;
 white-space:nowrap}
.kg-table td{border-bottom:1px solid #8884;padding:.4rem .5rem;vertical-align:top;overflow-wrap:anywhere;
 min-width:5.8rem}
.kg-table tr:hover td{background:#8881}
.kg-table tr.kg-on td{background:#56B4E922}
.kg-scroll{max-height:38rem;overflow:auto}
.kg-badge{display:inline-block;padding:.05rem .5rem;border-radius:.6rem;font-weight:600;white-space:nowrap;
 border:1px solid #0003;font-size:.85rem}
.kg-card{border:1px solid #8886;border-radius:.5rem;padding:.6rem .8rem;margin-bottom:.6rem;
 overflow-wrap:anywhere}
.kg-dashed{border-style:dashed;opacity:.85}
.kg-where{opacity:.75;font-size:.85rem}
.kg-card blockquote,.kg-quote{margin:.5rem 0 .3rem 0;padding-left:.7rem;border-left:3px solid #8886}
.kg-text{white-space:pre-wrap;line-height:1.9;max-height:46rem;overflow:auto;overflow-wrap:anywhere}
.kg-text mark,.kg-text a{color:inherit;text-decoration:none;border-radius:.2rem}
.kg-text a:hover,.kg-text a:focus{outline:2px solid #0072B2}
.kg-text .kg-on{outline:2px solid #D55E00}
mark{background:#F0E44299;color:inherit;padding:0 .1rem}
.kg-columns{display:flex;gap:.9rem;align-items:stretch;overflow-x:auto;padding-bottom:.4rem}
.kg-columns>div{flex:1 1 0;min-width:13rem}
.kg-columns h4{margin:.2rem 0 .5rem 0;padding:0;font-size:1rem}
.kg-bar{display:inline-block;height:.7rem;background:#56B4E9;vertical-align:middle;border-radius:.15rem}
.kg-outline a{display:block;padding:.1rem 0;font-size:.9rem}
a:focus-visible{outline:2px solid #0072B2;outline-offset:2px}
@media (max-width:640px){
 [data-testid=stMainBlockContainer]{padding-left:1rem;padding-right:1rem}
 .kg-table thead{display:none}
 .kg-table,.kg-table tbody,.kg-table tr,.kg-table td{display:block;width:100%}
 .kg-table tr{border-bottom:2px solid #8886;padding:.3rem 0}
 .kg-table td{border:0;padding:.1rem 0}
 .kg-table td[data-head]:not(:empty)::before{content:attr(data-head) "：";opacity:.65;font-size:.85rem}
 .kg-table td{min-width:0}
 .kg-columns{flex-direction:column}
 [data-testid=stGraphVizChart]{overflow-x:auto}
 [data-testid=stGraphVizChart] svg{width:56rem!important;max-width:none!important;height:auto!important}
}
[data-testid=stImage] img{border:1px solid #8886}
@media print{
 details::details-content{content-visibility:visible!important;block-size:auto!important}
 [data-testid=stSidebar],[data-testid=stHeader],[data-testid=stToolbar],.stButton,.stDownloadButton,
 [data-testid=stFileUploader]{display:none!important}
 [data-testid=stApp],[data-testid=stMain],[data-testid=stAppViewContainer],[data-testid=stAppScrollToBottomContainer]
 {position:static!important;overflow:visible!important;height:auto!important}
 .kg-scroll,.kg-text{max-height:none!important;overflow:visible!important}
 .kg-card{break-inside:avoid}
}
"""
#: words of Streamlit's own that stand in English in the page: selector → what is said instead
_SAID_IN_CHINESE = {
    "[data-testid=InputInstructions] span": "按回车确认",
    "[data-testid=stFileUploaderDropzone] button p": "选择文件",
    "[data-testid=stFileUploaderDropzoneInstructions] span": "或拖到这里，不超过200MB",
}


def css(lang: Lang) -> str:
    """The style of every page, in a language."""
    said = _SAID_IN_CHINESE if lang == "zh" else {}
    words = "".join(
        f'{what}{{font-size:0!important}}{what}::after{{content:"{words}";font-size:.875rem}}\n'
        for what, words in said.items()
    )
    return f"<style>{_CSS}{words}</style>"


#: Streamlit answers the history event as it answers the back button
SCRIPT = """<script>
if (!window.kgLinks) {
  window.kgLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-kg]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    const main = document.querySelector("[data-testid=stMain]");
    if (main && !link.dataset.kg) main.scrollTo(0, 0);
  });
  let shown = "";
  new MutationObserver(() => {
    const open = document.querySelector(".kg-text .kg-on");
    const name = open ? open.id : "";
    if (open && name !== shown) {
      const box = open.closest(".kg-text");
      box.scrollTop += open.getBoundingClientRect().top - box.getBoundingClientRect().top - 120;
    }
    shown = name;
  }).observe(document.body, { childList: true, subtree: true });
}
</script>"""
