"""How near one occupation is to another: what carries over, what is missing, and the arithmetic of both.

    weights = stored.weights()
    source, target = (Traits.of(profiles.of(code), weights) for code in ("41-2011.00", "43-4121.00"))
    nearness = likeness.compare(source, target, weights)
    nearness.points, nearness.reading, nearness.lines
    carried = carrying.between(source, target, weights)

What counts is what tells occupations apart: the detailed activities, tasks, knowledge and technologies that few others
have. What nearly all of them have weighs nothing, and skills such as critical thinking are not asked at all.
`weights` are the counts and medians over all occupations, `building` writes them and each occupation's nearest after
official data has changed, and `stored` reads both.
"""
