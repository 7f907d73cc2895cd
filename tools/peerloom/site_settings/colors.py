"""The names of the colors in the palette of the theme Material, as `mkdocs.yml` writes them."""

# In the order of the theme's documentation. An accent cannot be one of those that only a header is.
ACCENT_COLORS = (
    *("red", "pink", "purple", "deep purple", "indigo", "blue", "light blue", "cyan", "teal"),
    *("green", "light green", "lime", "yellow", "amber", "orange", "deep orange"),
)
PRIMARY_COLORS = (*ACCENT_COLORS, "brown", "grey", "blue grey", "black", "white")
# With it, the colors are those that a style sheet of one's own gives.
CUSTOM = "custom"
