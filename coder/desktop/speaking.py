"""Which language the windows speak: the person's choice, else that of the system where it is one of ours."""

from PyQt6.QtCore import QLibraryInfo, QLocale, QTranslator
from PyQt6.QtWidgets import QApplication

from coder.language import first_of, speak
from coder.settings.preferences import SYSTEM_LANGUAGE

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
"""Each language is called what its speakers call it."""


def speak_chosen(app: QApplication, choice: str) -> None:
    """Speak a language ("system" or two letters) from here on, in Qt's own menus and buttons too.

    Before the first window: what is shown already stays as it is.
    """
    language = first_of(QLocale.system().uiLanguages()) if choice == SYSTEM_LANGUAGE else choice
    speak(language)
    own = QTranslator(app)
    if own.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(own)
