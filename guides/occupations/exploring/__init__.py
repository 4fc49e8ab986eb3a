"""Not sure? What somebody likes doing and needs, and the occupations that fit, each with its reasons (`/explore/`).

    data = stored.data()                               # what is known of every occupation that was surveyed, or None
    answers = Answers(like=("write-a-novel",), earn=40_000)
    found = matching.find(data, answers)
    found.fitting[0].candidate.title, found.fitting[0].points, found.fitting[0].lines

`activities.toml` says at which work each of O*NET's activities is done, `building` counts once which tasks of which
occupation are such work, `matching` adds up and leaves out, `relaxing` says which answer to change where little fits.
"""
