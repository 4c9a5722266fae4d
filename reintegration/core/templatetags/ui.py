"""The parts of every screen, as tags and filters. A builtin library: no template loads it.

What a part shows is decided in `reintegration/core/ui/`; how it looks stands in `templates/components/`.
"""

from django import template

from reintegration.core.ui import drawing, forms, pages, parts, words

register = template.Library()
for module in (drawing, words, parts, forms, pages):
    register.tags.update(module.register.tags)
    register.filters.update(module.register.filters)
