"""What readers say to people: every refusal and every note, Chinese first, then English."""

from pathlib import Path

from kg.errors import DocumentError
from kg.limits import MB

#: key → (fault in Chinese, fault in English, remedy in Chinese, remedy in English)
REFUSALS: dict[str, tuple[str, str, str, str]] = {
    "missing": ("文件不存在", "no such file", "请核对路径和文件名。", "Check the path and the name."),
    "directory": (
        "这是一个文件夹，不是文件",
        "this is a folder, not a file",
        "请给出其中的文件，或用 kg build 读取整个文件夹。",
        "Name the files in it, or read the whole folder with kg build.",
    ),
    "special": (
        "这不是普通文件（设备、管道或套接字）",
        "not a regular file (a device, pipe or socket)",
        "请给出普通文件。",
        "Name a regular file.",
    ),
    "forbidden": (
        "没有读取权限",
        "no permission to read it",
        "请修改文件权限，或请文件所有者提供副本。",
        "Change the file's permissions, or ask its owner for a copy.",
    ),
    "unreadable": (
        "磁盘读取失败（{reason}）",
        "the disk could not be read ({reason})",
        "请重新复制该文件后再试。",
        "Copy the file anew and try again.",
    ),
    "empty": (
        "文件是空的",
        "the file is empty",
        "请重新下载或向发文单位索取。",
        "Download it again or ask the issuer for it.",
    ),
    "no_text": (
        "文件里没有可读的文字",
        "the file holds no readable text",
        "请打开原件核对；若内容是图片，请安装 OCR 组件（pip install 'policy-kg[ocr]'）。",
        "Open the original; if it holds pictures, install OCR (pip install 'policy-kg[ocr]').",
    ),
    "too_large": (
        "文件太大（{size} MB，上限 {limit} MB）",
        "the file is too large ({size} MB, limit {limit} MB)",
        "请拆分文件，或调高上限 {setting}（环境变量 KG_LIMITS）。",
        "Split the file, or raise the limit {setting} (in KG_LIMITS).",
    ),
    "too_many": (
        "{what}太多（{count}，上限 {limit}）",
        "too many {what_en} ({count}, limit {limit})",
        "请拆分文件，或调高上限 {setting}（环境变量 KG_LIMITS）。",
        "Split the file, or raise the limit {setting} (in KG_LIMITS).",
    ),
    "bomb": (
        "压缩比异常（{ratio}:1，上限 {limit}:1），疑为压缩炸弹",
        "suspicious compression ({ratio}:1, limit {limit}:1): it looks like a zip bomb",
        "请勿打开来历不明的文件；确属正常文件时调高上限 ratio（环境变量 KG_LIMITS）。",
        "Do not open files of unknown origin; if it is genuine, raise the limit ratio (in KG_LIMITS).",
    ),
    "too_deep": (
        "嵌套过深（{depth} 层，上限 {limit} 层）",
        "nested too deeply ({depth} levels, limit {limit})",
        "请用办公软件打开并另存，或调高上限 {setting}（环境变量 KG_LIMITS）。",
        "Open it in an office program and save it anew, or raise the limit {setting} (in KG_LIMITS).",
    ),
    "entities": (
        "XML 中声明了实体（DTD），可能是攻击",
        "its XML declares entities (a DTD), which may be an attack",
        "请用办公软件打开核对后另存。",
        "Open it in an office program, check it and save it anew.",
    ),
    "broken": (
        "{format} 文件已损坏或不完整（{reason}）",
        "the {format} file is damaged or cut short ({reason})",
        "请重新下载，或用相应软件打开后另存。",
        "Download it again, or open it in its own program and save it anew.",
    ),
    "encrypted": (
        "文件已加密",
        "the file is encrypted",
        "请用密码打开，另存为不加密的文件。",
        "Open it with its password and save a copy without one.",
    ),
    "unknown_encoding": (
        "文字编码无法判定（不是 UTF-8、UTF-16、GB18030 或 Big5）",
        "unknown character encoding (not UTF-8, UTF-16, GB18030 or Big5)",
        "请用记事本打开，另存为 UTF-8。",
        "Open it in an editor and save it as UTF-8.",
    ),
    "binary": (
        "这不是文本文件，看来是{what}",
        "not a text file; it seems to be {what_en}",
        "请提供 txt、html、docx、doc、wps、pdf、ofd、图片或 zip。",
        "Supply txt, html, docx, doc, wps, pdf, ofd, an image or a zip.",
    ),
    "no_office": (
        "读取 {format} 需要 LibreOffice，本机没有安装",
        "reading {format} needs LibreOffice, which is not installed here",
        "请安装 LibreOffice（命令 soffice），或另存为 docx。",
        "Install LibreOffice (the command soffice), or save the file as docx.",
    ),
    "office_failed": (
        "LibreOffice 未能转换此文件",
        "LibreOffice could not convert this file",
        "请用 Word 或 WPS 打开，另存为 docx。",
        "Open it in Word or WPS and save it as docx.",
    ),
    "no_ocr": (
        "这是扫描件或图片，识别文字需要 OCR 组件，本机没有安装",
        "a scan or an image: reading it needs OCR, which is not installed here",
        "请运行 pip install 'policy-kg[ocr]'，或提供带文字的文件。",
        "Run pip install 'policy-kg[ocr]', or supply a file that holds text.",
    ),
    "timeout": (
        "读取超过 {seconds} 秒，已停止",
        "reading took more than {seconds} seconds and was stopped",
        "请拆分文件，或调高上限 seconds（环境变量 KG_LIMITS）。",
        "Split the file, or raise the limit seconds (in KG_LIMITS).",
    ),
    "memory": (
        "读取所需内存超过 {limit} MB，已停止",
        "reading needed more than {limit} MB of memory and was stopped",
        "请拆分文件，或调高上限 memory_bytes（环境变量 KG_LIMITS）。",
        "Split the file, or raise the limit memory_bytes (in KG_LIMITS).",
    ),
    "crashed": (
        "文件使读取程序崩溃（{reason}）",
        "the file made its reader crash ({reason})",
        "文件可能已损坏，请重新下载，或打开后另存。",
        "The file is probably damaged: download it again, or open it and save it anew.",
    ),
    "unsafe_name": (
        "压缩包内的路径指向包外（{member}），未读取",
        "a path in the archive leads outside it ({member}); not read",
        "请勿使用此压缩包；如属可信，请自行解压后给出文件。",
        "Do not use this archive; if you trust it, unpack it and name the files.",
    ),
    "no_member": (
        "压缩包里没有可读的文件",
        "the archive holds no file that can be read",
        "请解压后核对内容。",
        "Unpack it and look at what it holds.",
    ),
}

#: key → (note in Chinese, note in English)
NOTES: dict[str, tuple[str, str]] = {
    "wrong_extension": (
        "扩展名是 {suffix}，内容是 {format}，按内容读取",
        "named {suffix} but holds {format}; read as what it holds",
    ),
    "damaged_encoding": (
        "有 {count} 处字节无法解码，以 U+FFFD 表示",
        "{count} places could not be decoded; shown as U+FFFD",
    ),
    "no_bom": (
        "无字节序标记，按内容判为 {encoding}",
        "no byte order mark; taken for {encoding} by its content",
    ),
    "guessed": (
        "文字太少，编码按国家标准推定为 {encoding}",
        "too little text to tell; {encoding} assumed as the national standard",
    ),
    "controls": ("含 {count} 个控制字符", "holds {count} control characters"),
    "directions": (
        "含 {count} 个书写方向控制符，屏幕上的顺序可能与实际不同",
        "holds {count} writing-direction marks: it may look other than it is",
    ),
    "tracked": (
        "有 {inserted} 处插入、{deleted} 处删除的修订，按已接受读取",
        "{inserted} tracked insertions and {deleted} deletions, read as accepted",
    ),
    "comments": ("有 {count} 条批注，未读入", "{count} comments, left out"),
    "macros": ("含宏，未执行、未读入", "holds macros: not run, not read"),
    "hidden": ("有 {count} 处隐藏文字，未读入", "{count} hidden passages, left out"),
    "cell": (
        "{place}有一格超过 {limit} 字，未读入",
        "a cell at {place} has over {limit} characters, left out",
    ),
    "numbering": ("自动编号 {count} 处，已转为文字", "{count} automatic numbers written out"),
    "embedded": ("嵌入了其他文件（{what}），未读入", "another file is embedded ({what}), left out"),
    "office": ("经 LibreOffice 转换后读取", "read through LibreOffice"),
    "furniture": (
        "略去页眉、页脚、页码 {count} 行",
        "{count} lines of headers, footers and page numbers left out",
    ),
    "off_page": (
        "第 {page} 页有 {count} 个字在页面之外，未读入",
        "{count} characters beside page {page}, left out",
    ),
    "radicals": ("{count} 个部首字符换为通用汉字", "{count} radical characters replaced by common ones"),
    "recognised": (
        "第 {pages} 页由图像识别，平均置信度 {mean}，低于 {low} 的有 {doubtful} 行",
        "pages {pages} recognised from images, mean confidence {mean}, {doubtful} lines below {low}",
    ),
    "permille": ("识别结果中 {count} 处 %0 改为 ‰", "{count} times %0 in recognised text read as ‰"),
    "skipped_pages": ("第 {pages} 页未能读取（{reason}）", "pages {pages} could not be read ({reason})"),
    "unmapped": (
        "第 {pages} 页的文字编码不可用，改用图像识别",
        "the characters of pages {pages} are unusable; recognised from their images",
    ),
    "lost_member": ("同一压缩包内未能读取：{fault}", "in the same archive, not read: {fault}"),
    "body": (
        "网页只读正文，略去导航、页脚等 {count} 字",
        "page body only; {count} characters of menus left out",
    ),
    "pictures": (
        "正文中有 {count} 张图片，图中文字未读入",
        "{count} pictures in the body; text in them is left out",
    ),
    "whole_page": (
        "未能分辨网页正文，读取了整页",
        "the page's body could not be told apart; all of it was read",
    ),
}


def refusal(where: str | Path, key: str, **values: object) -> DocumentError:
    """The error for one refusal, in both languages; `values` fill the places in its texts."""
    fault, fault_en, remedy, remedy_en = (text.format(**values) for text in REFUSALS[key])
    return DocumentError(where, f"{fault} ({fault_en})", f"{remedy} ({remedy_en})")


def too_large(where: str, size: int, limit: int, setting: str) -> DocumentError:
    """The refusal of `size` bytes where `limit` are allowed."""
    return refusal(where, "too_large", size=-(-size // MB), limit=limit // MB, setting=setting)


def note(key: str, **values: object) -> str:
    """One note in both languages."""
    chinese, english = (text.format(**values) for text in NOTES[key])
    return f"{chinese} ({english})"
