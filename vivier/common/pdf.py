"""Papers as PDF: a Typst file of a room, filled with data; accessible (PDF/UA-1), with our font, without network."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from vivier.common.fonts import font_directories

#: What every paper may use: `#import "/base.typ"` is found here.
BASE = Path(__file__).parent / "papers" / "base.typ"


def pdf(template: Path, data: dict) -> bytes:
    """Return the PDF of a Typst file; it reads `data` as `data` and cannot run any of it: texts stay texts."""
    import typst  # 84 MB that few processes need

    fonts = [str(folder) for _, folder in font_directories()]
    return typst.compile(
        {"main": template.read_bytes(), "base.typ": BASE.read_bytes()},
        font_paths=fonts,
        ignore_system_fonts=bool(fonts),
        sys_inputs={"data": json.dumps({**data, "demo": settings.DEMO})},
        pdf_standards=["ua-1"],
    )


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to open or keep; nobody else may."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
