"""The closed template language: what is declared, what is found out at load."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError, nodes

from thidua.notifiers import sandbox
from thidua.notifiers.catalogue import TEMPLATES
from thidua.workflow.errors import DefinitionError

LETTER = "result.txt"


@pytest.fixture
def planted(monkeypatch):
    """Replace one template file's text for the checks."""

    def plant(text, name=LETTER, lang="vi"):
        read = sandbox._source

        def source(asked_lang, asked):
            return text if (asked_lang, asked) == (lang, name) else read(asked_lang, asked)

        monkeypatch.setattr(sandbox, "_source", source)

    return plant


def _findings():
    with pytest.raises(DefinitionError) as caught:
        sandbox.check_templates()
    return [(each.code, each.fields) for each in caught.value.reasons]


def test_shipped_templates_are_sound():
    sandbox.check_templates()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ outcom }}", "outcom"),
        ("{{ due_on }}", "due_on"),
        ("{% for each in dossiers %}{{ each.candidat }}{% endfor %}", "candidat"),
        ("{{ decision.signed_by }}", "signed_by"),
        ("{% if false %}{{ lost }}{% endif %}", "lost"),
        ("{% from 'words.txt' import cuont %}{{ cuont(dossiers) }}", "cuont"),
        ("{% from 'words.txt' import count as outcome %}{{ outcome(dossiers) }}", "outcome"),
        ("{{ range(9) }}", "range"),
        ("{% from 'letter.html' import count %}{{ count(dossiers) }}", "count"),
    ],
)
def test_undeclared_name_is_found(planted, text, name):
    planted(text)

    assert _findings() == [("template-undeclared", {"file": f"vi/{LETTER}", "name": name})]


def test_html_may_not_import_unescaped_words(planted):
    planted("{% from 'words.txt' import count %}{{ count(dossiers) }}", name="result.html")

    assert _findings() == [("template-undeclared", {"file": "vi/result.html", "name": "words.txt"})]


@pytest.mark.parametrize("text", ["a\n{{ outcome", "a\n{{ outcome | khong_co }}"])
def test_broken_template_is_found_with_its_line(planted, text):
    planted(text)

    ((code, fields),) = _findings()

    assert (code, fields["file"], fields["line"]) == ("template-syntax", f"vi/{LETTER}", 2)


def test_missing_file_is_found(planted):
    planted(None)

    assert _findings() == [("template-missing", {"file": f"vi/{LETTER}"})]


@pytest.mark.parametrize(
    "name", ["../en/result.txt", "khong_co.html", "vi/result.txt", "/etc/hosts"]
)
def test_file_that_is_not_declared_cannot_be_named(name):
    with pytest.raises(TemplateNotFound):
        sandbox.environment("vi").get_template(name)


def test_missing_name_does_not_render_as_nothing():
    with pytest.raises(UndefinedError):
        sandbox.environment("vi").from_string("Kính gửi {{ ten }}").render()


@pytest.mark.parametrize("text", ["{{ ''.__class__ }}", "{{ x.append(1) }}"])
def test_sandbox_holds(text):
    with pytest.raises(Exception, match="unsafe|safely"):
        sandbox.environment("vi").from_string(text).render(x=[])


@pytest.mark.parametrize(
    ("name", "escaped"),
    [(None, True), ("a.html", True), ("a.html.j2", True), ("a.txt", False), ("a.html.txt", False)],
)
def test_everything_but_text_is_escaped(name, escaped):
    assert sandbox.environment("vi").autoescape(name) is escaped


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("ending", ["txt", "html"])
@pytest.mark.parametrize("template", sorted(TEMPLATES.keys() - {"reference"}))  # that tells nothing
def test_every_declared_name_is_used(lang, ending, template):
    made = sandbox.environment(lang)
    tree = made.parse(sandbox._source(lang, f"{template}.{ending}"))
    used = {each.name for each in tree.find_all(nodes.Name)}

    assert TEMPLATES[template].names.keys() <= used
