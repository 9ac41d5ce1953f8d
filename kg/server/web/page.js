// The query page: the editor on our own endpoint, the named queries in a list. Nothing else is loaded.
const editor = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint: new URL("/sparql", location.href).href },
  endpointCatalogueOptions: { getData: () => [] },
  persistencyExpire: 0,
  copyEndpointOnNewTab: true,
  yasqe: { autocompleters: ["variables"], value: "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)" },
});
const named = document.getElementById("named");
fetch("/queries.json").then((answer) => answer.json()).then((queries) => {
  for (const query of queries) {
    const option = document.createElement("option");
    option.value = query.sparql;
    option.textContent = `${query.zh} · ${query.name}`;
    named.append(option);
  }
});
named.addEventListener("change", () => {
  if (!named.value) return;
  const tab = editor.getTab() || editor.addTab(true);
  tab.getYasqe().setValue(named.value);
  tab.getYasqe().query();
});
