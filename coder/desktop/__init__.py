"""The application around the bench: the windows that open a study and show where its work stands. PyQt6.

    app            start: the last line of defence, the workstation
    workstation    which study and pass are open; the commands of the menu
    main_window    the frame: pages, menu, strip. It has nothing to do itself
    menus          the menu bar as data
    start_page, study_page, bench_page, and what stands on them
    forms, study_forms
                   the small dialogs that ask for what a command needs
    films_page, passport_card, film_watch, lost_films
                   a session's films: what each is, what can be done with it, and when one cannot be relied on
    sync_page, sync_sound, sync_hand, sync_waves, frame_viewer
                   one film laid beside another: from the sound, or by hand
    jobs           the one way to do slow work; strip shows it
    errors         the one place with a message box
    about, keys_window
                   what the help menu shows
    tables, pieces, wording, look, remembered
                   what the pages are put together from

A page takes values and callbacks, shows them, and says what a person wants; the workflows do it.
"""
