"""The notice that is read out, shipped or the user's own."""

import stat

import pytest

from copilot.engine.consent import consent_notice, notice_path, save_notice
from copilot.errors import InputError, StorageError, UsageError
from copilot.paths import config_folder

#: Slow reading aloud, in words a second.
_READ_ALOUD = 2.8


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_shipped_notice_can_be_read_out_in_twenty_seconds(language):
    assert 30 < len(consent_notice(language).split()) <= 20 * _READ_ALOUD + 4


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["this computer", "record", "text", "my notes", "see it", "say no", "pause"]),
        ("en", ["without any disadvantage", "deleted"]),
        ("fr", ["cet ordinateur", "enregistrera", "transcrira", "mes notes", "accès", "refuser"]),
        ("fr", ["pause à tout moment", "sans aucun désavantage", "effacer"]),
    ],
)
def test_the_shipped_notice_says_what_it_must(language, said):
    notice = consent_notice(language)
    assert [words for words in said if words not in notice] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The sound of our voices is sent to another computer, gpubox.example,"),
     ("fr", "Le son de nos voix est envoyé à un autre ordinateur, gpubox.example,")],
)  # fmt: skip
def test_where_sound_leaves_the_machine_the_notice_says_so(language, said):
    notice = consent_notice(language, "gpubox.example")
    assert notice.startswith(consent_notice(language))
    assert said in notice
    assert len(notice.split()) <= 27 * _READ_ALOUD


def test_the_users_own_notice_says_so_too_unless_it_does_already():
    save_notice("en", "May I record this?")
    assert consent_notice("en", "gpubox.example").endswith("gpubox.example, to be written down.")
    save_notice("en", "May gpubox.example hear this?")
    assert consent_notice("en", "gpubox.example") == "May gpubox.example hear this?"


def test_the_users_own_notice_wins_in_its_language_alone():
    config_folder().mkdir(parents=True)
    shipped = consent_notice("fr")
    (config_folder() / "consent.en.txt").write_text("\ufeffMay I record this?\n", encoding="utf-8")
    assert consent_notice("en") == "May I record this?"
    assert consent_notice("fr") == shipped


def test_what_is_saved_is_read_out_from_then_on():
    save_notice("fr", "  Puis-je enregistrer ?\nMerci.  ")
    assert consent_notice("fr") == "Puis-je enregistrer ?\nMerci."
    save_notice("fr", "Autrement.")
    assert consent_notice("fr") == "Autrement."
    assert stat.S_IMODE(notice_path("fr").stat().st_mode) == 0o600


def test_a_language_without_a_notice_can_be_given_one():
    with pytest.raises(UsageError) as refused:
        consent_notice("de")
    assert "consent.de.txt" in refused.value.remedy
    save_notice("de", "Darf ich aufnehmen?")
    assert consent_notice("de") == "Darf ich aufnehmen?"


@pytest.mark.parametrize(
    ("content", "reason"), [(b" \n\n", "is empty"), (b"\xff\xfe\xfa", "is not UTF-8 text")]
)
def test_an_unusable_notice_is_named_with_its_remedy(content, reason):
    config_folder().mkdir(parents=True)
    path = config_folder() / "consent.en.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        consent_notice("en")
    assert f"{path}: {reason}." == refused.value.message
    assert "delete it to use the one that ships" in refused.value.remedy


def test_a_folder_or_a_broken_link_in_its_place_is_no_reason_to_read_something_else_out():
    path = notice_path("en")
    path.mkdir(parents=True)
    with pytest.raises(InputError, match="is not a file"):
        consent_notice("en")
    path.rmdir()
    path.symlink_to("nowhere")
    with pytest.raises(InputError, match="is not a file"):
        consent_notice("en")


def test_an_empty_notice_is_not_saved():
    save_notice("en", "May I?")
    with pytest.raises(InputError, match="the notice is empty"):
        save_notice("en", " \n ")
    assert consent_notice("en") == "May I?"


def test_a_folder_that_cannot_be_made_is_said():
    config_folder().parent.mkdir(parents=True, exist_ok=True)
    config_folder().write_text("a file where the folder should be")
    with pytest.raises(StorageError) as refused:
        save_notice("en", "May I?")
    assert str(config_folder()) in refused.value.message
    assert "INTERVIEW_COPILOT_CONFIG" in refused.value.remedy
