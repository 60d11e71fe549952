"""Texts that run something wherever somebody is careless enough to run them."""

from collections.abc import Iterator

DEEDS = (
    "__import__('os').system('touch hit')",
    "__import__('subprocess').run(['touch', 'hit'])",
    "open('hit', 'w').write('x')",
    "__import__('pathlib').Path('hit').touch()",
    "__import__('os').mkdir('hit')",
    'eval(\'__import__("os").mkdir("hit")\')',
    "exec('import os; os.mkdir(\"hit\")')",
    "(lambda: __import__('os').mkdir('hit'))()",
    "[x.mkdir('hit') for x in [__import__('os')]]",
    "globals()['__builtins__'].open('hit', 'w')",
    "().__class__.__mro__[1].__subclasses__()[0]",
    "__builtins__.__import__('os').mkdir('hit')",
    "getattr(__import__('os'), 'mkdir')('hit')",
    "type('X', (), {'__init__': lambda s: __import__('os').mkdir('hit')})()",
    "breakpoint()",
)
"""As Python."""

CALLBACKS = (
    "os.system", "os.mkdir", "subprocess.Popen", "builtins.eval", "builtins.exec", "os:mkdir",
    "thidua.definitions.reader:read", "shutil.rmtree", "pty.spawn", "code.interact",
)  # fmt: skip
"""As names of something to import, as `transitions` calls back and entry points are named."""

_WRAPPED = (
    "{deed}",
    "{{{{ {deed} }}}}",
    "{{% set x = {deed} %}}{{{{ x }}}}",
    "{{{{ cycler.__init__.__globals__.__builtins__.eval({deed!r}) }}}}",
    "{{{{ self.__init__.__globals__.__builtins__.exec({deed!r}) }}}}",
    "${{{deed}}}",
    "#{{{deed}}}",
    "<%= {deed} %>",
    "`{deed}`",
    "$({deed})",
    "';{deed};'",
    '"); {deed}; ("',
    "urgent or {deed}",
    "urgent == yes\n{deed}",
    "host.{deed}",
    "expr:{deed}",
    "!!python/object/apply:builtins.eval [{deed!r}]",
)
"""The ways a deed is put: bare, for Jinja, shells, templates, as a condition, as a tag of YAML."""

_SHELL = (
    "$(touch hit)", "`touch hit`", "; touch hit", "| touch hit", "&& touch hit", "\n touch hit\n",
    "!!python/object/apply:os.system ['touch hit']", "!!python/name:os.system",
    "!!python/object/new:os.mkdir [hit]", "!!python/module:antigravity", "!<tag:x,2000:os> hit",
    "{0.__class__.__mro__}", "{0.__init__.__globals__[os]}", "%(__class__)s", "{x!r:{y}}",
    "cos\nmkdir\n(S'hit'\ntR.", "\x80\x04\x95", "file:///etc/passwd", "<!ENTITY x SYSTEM 'hit'>",
    "<script>fetch('/hit')</script>", "javascript:alert(1)", "click s_new call mkdir('hit')",
    "%%{init: {'securityLevel': 'loose'}}%%", "<?php system('touch hit'); ?>", "=cmd|'/c hit'!A1",
    "../../hit", "C:\\hit", "\\\\hit\\share", "' OR 1=1; ATTACH 'hit' AS x; --",
    "x'; COPY t TO PROGRAM 'touch hit'; --",
)  # fmt: skip


def payloads() -> tuple[str, ...]:
    """Three hundred of them, none twice, always the same."""
    return tuple(dict.fromkeys(_payloads()))[:300]


def _payloads() -> Iterator[str]:
    yield from CALLBACKS
    yield from _SHELL
    for wrapping in _WRAPPED:
        for deed in DEEDS:
            yield wrapping.format(deed=deed)
    for call in CALLBACKS:
        yield f"{call}('hit')"
