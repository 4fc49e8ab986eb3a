"""The site's addresses with the style page, which is there with DEBUG alone."""

from django.urls import path

from careerguide import style_page
from careerguide.urls import handler400, handler403, handler404, handler500, urlpatterns

urlpatterns = [path("style/", style_page.style_page), *urlpatterns]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
