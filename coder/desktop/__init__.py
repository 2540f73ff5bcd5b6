"""The application around the bench: the windows that open a study and show where its work stands. PyQt6.

app            start: theme, last line of defence, the workstation
workstation    which page is shown and which study is open; the commands of the menu
main_window    the frame: pages, menu, strip. It has nothing to do itself
menus          the menu bar as data
start_page, study_page, bench_page
forms          the small dialogs that ask for what a command needs
jobs           the one way to do slow work; strip shows it
errors         the one place with a message box
"""
