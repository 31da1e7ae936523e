"""Tags that a copied page runs together: "Soil CarePest ControlSQL"."""

import re

#: Words that have a capital inside and are one.
_ONE_WORD = re.compile(
    r"JavaScript|TypeScript|CoffeeScript|PostScript|PowerPoint|PowerShell|PowerBI|GitHub|GitLab|"
    r"LinkedIn|DevOps|DevSecOps|FinOps|MLOps|DataOps|GitOps|AIOps|MySQL|PostgreSQL|NoSQL|SQLite|"
    r"SharePoint|HubSpot|YouTube|WordPress|QuickBooks|QuickBook|ServiceNow|NetSuite|PyTorch|"
    r"TensorFlow|"
    r"MongoDB|GraphQL|OAuth|McKinsey|PagerDuty|OpenAI|OpenShift|OpenStack|CloudFormation|"
    r"CloudFlare|BigQuery|DataDog|RabbitMQ|ActiveMQ|ClickHouse|InDesign|AutoCAD|SolidWorks|"
    r"FileMaker|"
    r"SalesForce|MailChimp|BambooHR|WooCommerce|InVision|AfterEffects|CircleCI|TeamCity|IntelliJ|"
    r"MacOS|iOS|macOS|eBay|iPhone|iPad|eCommerce|SaaS|PaaS|IaaS|LaTeX|MATLAB|PhD|MSc|BSc|"
    r"StackOverflow|ChatGPT|DynamoDB|CosmosDB|MariaDB|FastAPI|NumPy|SciPy|jQuery|NextJS|NodeJS|"
    r"VMware|VueJS|ReactJS|LabVIEW|OneNote|OneDrive|OnCall"
)
_SEAM = re.compile(
    r"(?<=[a-zà-ÿ0-9+#)])(?=[A-ZÀ-Þ][a-zà-ÿ]|[A-Z]{2})|(?<=[A-Z]{2})(?=[A-Z][a-zà-ÿ]{2})"
)
#: A sentence goes on so; a part of an enumeration does not.
_GOES_ON = re.compile(
    r"(?:and |et )?(?:then|but|so|because|which|who|when|where|while|not|as|puis|mais|car|qui|que|"
    r"quand|donc)\b",
    re.I,
)
_MOST_WORDS = 5
_FEWEST = 3


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in a text that is nothing but tags run together; none where it is anything else.

    A text counts where it falls into three tags or more of five words at most, has two seams or
    more, and no mark of a sentence.
    """
    if re.search(r"[.!?;:]", text.replace("Node.js", "").replace(".NET", "")):
        return ()
    kept = [match.span() for match in _ONE_WORD.finditer(text)]
    seams = [
        match.start()
        for match in _SEAM.finditer(text)
        if not any(start < match.start() < end for start, end in kept)
    ]
    if len(seams) < _FEWEST - 1:
        return ()
    ends = [*seams, len(text)]
    tags = [text[start:end].strip() for start, end in zip([0, *seams], ends, strict=True)]
    if any(not tag or len(tag.split()) > _MOST_WORDS for tag in tags):
        return ()
    return tuple(tags)


def listed(text: str) -> tuple[str, ...]:
    """The parts of "SQL, Excel, Power BI" or "a; b; c"; none where a text is no such list.

    With commas it takes three parts, of few words each; with semicolons, bars or dots on the line
    two are enough.
    """
    plain = text.strip().rstrip(".")
    for mark, most_words in ((r"\s*;\s+", 40), (r"\s+[|·•]\s+", 8)):
        parts = _split(mark, plain)
        if len(parts) > 1 and all(len(part.split()) <= most_words for part in parts):
            return tuple(parts)
    parts = _split(r",\s+", plain)
    most_words = 6 if len(parts) > 2 else 3
    parts = _last_joined(parts)
    if len(parts) < _FEWEST or any(len(part.split()) > most_words for part in parts):
        return ()
    return () if any(_GOES_ON.match(part) for part in parts) else tuple(parts)


def _split(mark: str, text: str) -> list[str]:
    return [part.strip() for part in re.split(mark, text) if part.strip()]


def _last_joined(parts: list[str]) -> list[str]:
    """The last part of "a, b and c" as two, that of "a, b, and c" without its "and"."""
    last = re.sub(r"^(?:and|or|et|ou)\s+", "", parts[-1])
    if last != parts[-1]:
        return [*parts[:-1], last]
    return [*parts[:-1], *re.split(r"\s+(?:and|or|et|ou)\s+", parts[-1], maxsplit=1)]
