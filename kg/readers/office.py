"""doc, wps, rtf, odt: converted to docx by LibreOffice, then read as docx.

LibreOffice runs without a screen, with a profile of its own that turns macros, active content and
links to other files off and points every connection at a closed port.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from kg.limits import Limits
from kg.readers.base import Text
from kg.readers.docx import read_docx
from kg.readers.messages import note, refusal

_COMMANDS = ("soffice", "libreoffice")
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
)


def find_office() -> str | None:
    """LibreOffice's command, or None where it is not installed."""
    return next((found for command in _COMMANDS if (found := shutil.which(command))), None)


def read_doc(path: Path, name: str, limits: Limits) -> Text:
    """Read one document that only an office program understands.

    Raises:
        DocumentError: LibreOffice is not installed, or cannot convert the file.
    """
    command = find_office()
    if command is None:
        raise refusal(name, "no_office", format=path.suffix.lstrip(".") or "doc")
    with tempfile.TemporaryDirectory() as folder:
        converted = _convert(command, path, Path(folder), name, limits)
        text = read_docx(converted, name, limits)
    macros = (note("macros"),) if _has_macros(path) else ()
    return replace(text, format="doc", notes=(note("office"), *macros, *text.notes))


def _has_macros(path: Path) -> bool:
    """Whether a Word 97 or OpenDocument file carries macros; conversion leaves them behind."""
    data = path.read_bytes()
    return any(mark in data for mark in ("_VBA_PROJECT".encode("utf-16-le"), b"Basic/script-lc.xml"))


def _convert(command: str, path: Path, folder: Path, name: str, limits: Limits) -> Path:
    """The file as docx, inside `folder`."""
    source = folder / f"document{path.suffix.lower() or '.doc'}"
    shutil.copyfile(path, source)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
    (profile / "user/registrymodifications.xcu").write_text(_PROFILE.format(items=items), "utf-8")
    arguments = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML"]
    try:
        subprocess.run(
            [command, f"-env:UserInstallation={profile.as_uri()}", *arguments, "--outdir", folder, source],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            env=os.environ | {"HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        raise refusal(name, "timeout", seconds=round(limits.seconds)) from e
    except OSError as e:
        raise refusal(name, "office_failed") from e
    converted = folder / "document.docx"
    if not converted.exists():
        raise refusal(name, "office_failed")
    return converted
