"""Sign-in links of the demonstration; included only where settings.DEMO is true."""

app_name = "demo"
urlpatterns = []
