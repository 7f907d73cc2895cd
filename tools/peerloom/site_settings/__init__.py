"""The settings of the site, `mkdocs.yml`: what is wrong in them, and their change for an engine.

Nothing that they name is run or imported, and what is meant for MkDocs alone stays as it is.
"""

from peerloom.site_settings.document import SettingsDocument, parse_settings
from peerloom.site_settings.problems import find_settings_problems
from peerloom.site_settings.reading import list_menu_pages, makes_usual_anchors, read_settings

__all__ = [
    "SITE_RULES",
    "SITE_WARNINGS",
    "SettingsDocument",
    "find_settings_problems",
    "list_menu_pages",
    "makes_usual_anchors",
    "parse_settings",
    "read_settings",
]

# What must hold for `mkdocs.yml`, in Markdown, by the id that a diagnostic carries.
SITE_RULES: dict[str, str] = {
    "site-settings-are-yaml": "The site's settings, `mkdocs.yml`, are YAML as MkDocs reads it.",
    "site-settings-have-their-types": (
        "Each of the site's settings is what its key is for: a text, a list, a group of keys."
    ),
    "site-settings-fit-the-program": (
        "The site has a name, its plugins include `peerloom`, and its pages lie in `content/pages`."
    ),
    "site-plugins-are-installed": (
        "The plugins and the extensions of Markdown that the site names are installed."
    ),
    "site-theme-is-installed": "The theme that the site names is installed.",
    "site-files-exist": (
        "The files and folders of one's own that the site names exist, where a site takes them "
        "from: style sheets, scripts, the logo and the folder of a changed theme."
    ),
    "site-menu-leads-to-pages": (
        "A menu of one's own, `nav`, leads to pages that the readers of the site can see."
    ),
    "site-colors-exist": "The colors of the site are among those of the theme.",
    "site-name-is-the-program-name": "The site is called as the program is.",
}
# The rules among them that warn of what stops no site.
SITE_WARNINGS = frozenset({"site-colors-exist", "site-name-is-the-program-name"})
