"""The part of SARIF 2.1.0 that `vivier wording` writes, as a schema of its own: nothing else may be written."""


def _object(required: str = "", **properties) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _list(items: dict) -> dict:
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 0}
LINE = {"type": "integer", "minimum": 1}
MESSAGE = _object("text", text=TEXT)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
ARTIFACT = _object("uri", uri={"type": "string", "format": "uri-reference", "pattern": "^[A-Za-z0-9._~/%-]+$"})
REGION = _object(startLine=LINE, startColumn=LINE, endLine=LINE, endColumn=LINE, charOffset=COUNT, charLength=COUNT)
REPLACEMENT = _object(
    "deletedRegion insertedContent", deletedRegion=REGION, insertedContent=_object("text", text={"type": "string"})
)
FIX = _object(
    "artifactChanges",
    description=MESSAGE,
    artifactChanges=_list(
        _object("artifactLocation replacements", artifactLocation=ARTIFACT, replacements=_list(REPLACEMENT))
    ),
)
RESULT = _object(
    "ruleId message level",
    ruleId=TEXT,
    ruleIndex=COUNT,
    level=LEVEL,
    message=MESSAGE,
    locations=_list(
        _object(
            physicalLocation=_object("artifactLocation", artifactLocation=ARTIFACT, region=REGION),
            logicalLocations=_list(_object(name=TEXT, fullyQualifiedName=TEXT)),
        )
    ),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=_list(_object("kind", kind={"enum": ["inSource", "external"]}, justification=TEXT)),
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    fixes=_list(FIX),
    properties={"type": "object"},
)
RULE = _object(
    "id",
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "pattern": "^https://"},
    defaultConfiguration=_object(level=LEVEL),
    properties={"type": "object"},
)
DRIVER = _object("name", name=TEXT, version=TEXT, language=TEXT, rules=_list(RULE))
SCHEMA = _object(
    "version runs",
    **{
        "$schema": {"type": "string", "pattern": "^https://.*sarif.*2.1.0"},
        "version": {"const": "2.1.0"},
        "runs": _list(
            _object(
                "tool",
                tool=_object("driver", driver=DRIVER),
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                language=TEXT,
                results=_list(RESULT),
            )
        ),
    },
)
