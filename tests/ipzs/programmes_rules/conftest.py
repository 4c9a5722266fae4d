from hypothesis import settings

# A machine that runs several things at once is no reason to fail.
settings.register_profile("programmes", deadline=None)
settings.load_profile("programmes")
