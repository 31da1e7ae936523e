"""The ids that guides, labels and benchmarks share; none of them may go missing."""

COMPETENCIES = {
    "director-it-operations": (
        "systems-knowledge",
        "operations-practice",
        "technology-evaluation",
        "strategy",
        "budget-management",
        "project-oversight",
        "communication",
        "team-development",
    ),
    "operations-manager": (
        "process-orientation",
        "analytical",
        "cross-functional",
        "project-management",
        "systems-thinking",
        "standardisation",
    ),
}

#: Questions with the points the sources give; the empty ones have points of the project's own, or none.
QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "director-it-operations": {
        "responsibilities": (
            "systems",
            "budget",
            "team",
            "liaison",
            "emerging-tech",
            "projects",
            "continuity",
            "security",
            "business-alignment",
        ),
        "staying-current": ("publications", "conferences", "courses", "trials", "community"),
        "qualities": (
            "leadership",
            "technical",
            "business-acumen",
            "problem-solving",
            "collaboration",
            "communication",
            "strategic-thinking",
        ),
        "new-technology": (
            "business-case",
            "approval",
            "plan",
            "key-users",
            "policies",
            "training",
            "testing",
            "rollback",
            "adoption",
            "change-management",
        ),
        "process-improvement": (
            "document-current",
            "incident-analysis",
            "survey",
            "streamline",
            "automate",
            "standardise",
            "update-docs",
            "train-staff",
            "monitor",
        ),
        "metrics": (
            "uptime",
            "response-time",
            "satisfaction",
            "budget-adherence",
            "security-events",
            "act-on-metrics",
        ),
        "service-consistency": (
            "best-practice-review",
            "vendor-watch",
            "proactive",
            "config-management",
            "uniform-docs",
            "cross-training",
        ),
        "underperformance": (
            "one-to-one",
            "improvement-plan",
            "coaching",
            "feedback",
            "career-talk",
            "reassign",
            "compassion",
        ),
        "user-support": (
            "sla",
            "service-training",
            "satisfaction-surveys",
            "empower",
            "escalation",
            "self-help",
            "user-feedback",
        ),
        "contract-negotiation": (
            "benchmarks",
            "proposal",
            "rapport",
            "questions",
            "push-back",
            "win-win",
            "follow-up",
        ),
        "resistance": (),
        # Soft skills, asked without expected points.
        "team-disagreements": (),
        "inspiring-team": (),
        "other-departments": (),
        "shared-goals": (),
        "deciding-priorities": (),
        "manufacturing-change": (),
        "consistent-standards": (),
        "data-analytics": (),
        "industry-trends": (),
        "operational-risk": (),
    },
    "operations-manager": {
        "broken-process": (),
        "hidden-problem": (),
        "prioritisation": (),
        "continuity": (),
        "kpis": (),
        "competing-priorities": (),
    },
}

RED_FLAGS = ("busy-not-productive", "no-documentation", "no-metrics", "silos", "reactive")

STAGES = ("case-study", "metrics-interview", "stakeholder-role-play", "process-design")

SKILLS = (
    "process-improvement",
    "project-management-skill",
    "data-analysis",
    "stakeholder-management",
    "excel-sql",
    "lean-six-sigma",
)
