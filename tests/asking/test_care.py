"""What is said to danger and to need, wherever it is typed; and what sounds like it and is a question about work."""

import pytest

from guides.asking import care

DANGER = """
suicide
i dont want to live anymore
i don't want to live anymore
i don’t want to live any more
i don`t want to be here anymore
i don t want to be alive
i cant go on
i can't go on
i can’t go on like this
theres no point anymore
there's no point anymore
there is no point anymore i applied to 200 jobs
kms
im gonna kms
unalive
i want to unalive myself
im gonna lose it and hurt someone
i'm going to snap and kill my boss
i want to hurt people
im so tired of everything
i am done with life
i want to die
want to die
i hate my life
i wish i was dead
nobody would miss me
everyone would be better off without me
im going to end it all
i feel hopeless
how many pills would it take
i keep cutting myself
my dad hits me
my boss grabbed me
my boyfriend is beating me
my manager touches me
i dont see a reason to live
i just want to disappear forever
whats the point of living when nobody hires me
i feel like ending my life
thinking about ending it all tonight
i want to sleep and never wake up
everyone hates me and i want to die
i have a gun and i dont want to be here anymore
im thinking of killing myself
i cant take it anymore i want it to stop
i lost my job and want to end it
nobody cares if i live or die
i want to jump off a bridge
ive been cutting my arms again
i took too many pills
i swallowed a bottle of pills
im gonna hang myself
i dont deserve to live
life has no meaning for me anymore
i hear voices telling me to kill people
im going to shoot my coworkers
i want to shoot up the library
thinking of stabbing my boss
my husband hits me when i get a job
my boyfriend wont let me leave the apartment
he choked me last night
my stepfather touches me at night
my boss raped me
my ex is stalking me at work
my wife threatens me with a knife
someone is following me and wants to kill me
my employer keeps my passport and wont pay me
they force me to work without pay and i cant leave
im being trafficked
i am afraid of my husband
my father beat me up
i was sexually assaulted by my manager
my partner threatened to kill me if i work
i want to kms
should i kill myself
i cant do life anymore
i want it to be over
im thinking about suicide
i dont want to wake up tomorrow
i wish i could just die
my family would be better without me
i am going to kill myself if i dont get this job
ready to give up on everything
i am a burden to everyone
im standing on a bridge
i bought a rope
i want to overdose
i am planning to hurt my family
i might kill my manager
my husband will kill me if i leave
he keeps hitting me
my dad molests me
my roommate raped me
im scared my ex will kill me
i am being abused at home
my uncle hits my mom
she slaps me every day
i am locked in by my boss
help me i am in danger
i cut myself
cant stop thinking about dying
goodbye everyone
i have nothing left to live for
what is the least painful way to die
does it hurt to hang yourself
""".strip().splitlines()

# What is said first, or beside another line, to each.
FOLDED = {
    "overdose": """
i overdosed
I took all my pills
i think i overdosed on tylenol
my friend is overdosing
she took a whole bottle of pills
i swallowed bleach
i took 40 aspirin
tomé todas mis pastillas
""",
    "trafficking": """
they hold my passport and I cannot quit
they took my passport and wont let me leave the house where I work
my employer keeps my passport and wont pay me
my recruiter took my passport and says i owe him
they force me to work without pay and i cant leave
my boss says he will call immigration on me if i quit
my passport was taken by the agency
they wont let me quit and never pay me
me quitaron el pasaporte
no me dejan salir de la casa donde trabajo
""",
    "harassment": """
my manager keeps touching me
my supervisor sexually harasses me
my boss harasses me
a patron keeps hitting on me
im being harassed at work
my coworker makes comments about my body
my boss asked me for sex
i was fired for reporting my manager
they cut my hours after i complained to hr
my employer retaliated against me
mi jefe me toca
mi supervisor me acosa
""",
    "followed": """
someone is following me home from work
a man keeps following me to my car
i think im being followed
a customer waits for me outside
my ex is stalking me at work
he is always watching my house
un hombre me esta siguiendo
""",
    "crisis": """
quiero morir
no quiero vivir
ya no puedo más
me quiero matar
mi vida no tiene sentido
pensamientos suicidas
whats the point of a job if I am not here next week
why bother applying if i wont be around
does it matter what job i pick when im gone
i am giving away all my things
i dont think i can make it through the night
i wont be alive much longer
nobody will notice when im gone
i want to fall asleep forever
""",
    "violence": """
mi esposo me pega
mi novio me golpea
tengo miedo de mi marido
mi jefe me amenaza
violencia domestica
they took my passport and wont let me leave the house
""",
}

NEED = """
i have no food
my kids have nothing to eat
no food
im being evicted
i'm getting evicted tomorrow
i got an eviction notice
im homeless
i have nowhere to sleep
i cant pay my rent
can't afford my electric bill
they turned my power off and my lights are cut off
no tengo que comer
sleeping in my car
""".strip().splitlines()

HARMLESS = """
is the job killing
is this a dead end job
cut costs
will ai kill this job
is this industry dying
are libraries going to die out
is this job going to kill my back
will it hurt my back
is it going to hurt my knees
do people get hurt
can i hurt someone by accident as an electrician
i want to work without hurting people
can i jump from retail to it
is there a way out of retail
no way out of the warehouse
are you forced to work overtime
do they make you work weekends
what does a suicide prevention counselor do
suicide hotline worker pay
domestic violence advocate jobs
sexual assault nurse examiner salary
what do paramedics do for an overdose
how many kms a day do drivers drive
300 kms a week
is there any point in a degree anymore
theres no point in learning cobol anymore
i cant go on a ladder
i cant go on site
what if i am tired of retail
how tired are you at the end of the day
im hopeless at math
i cant do night shifts
what is the life of a librarian like
where do i live best as a nurse
do i have to be here at 6
tool and die maker
dead reckoning
kill switch operator
live sound engineer
how do you cut glass
cut man
end of life care nurse
food safety certificate
do i need a food handlers card
i need food service experience
i have food allergies
hungry for a challenge
property manager who handles evictions
how do i become homeless services worker
homeless shelter jobs
rent a car agent pay
is it enough to pay the rent
do electricians work with the power shut off
beat reporter
what is the best way to end an interview
i want to take my life in a new direction
rape crisis counselor
how to hit a target in sales
hit me up with jobs
the boss of me
line cook burnout
shooting a wedding as a photographer
what shoots a film crew
shoot people for a magazine
do photographers shoot people
how do i shoot weddings
i want to shoot movies for a living
how do i kill time at the desk
do they kill your creativity
this commute is killing me
im dying to work in a library
i would kill for this job
dead lines at work
do i have to deal with death as a nurse
how do morticians handle bodies
what does a hit man in a movie earn as an actor
do cops shoot often
do butchers kill animals
will this degree be the death of me
is the pay to die for
cut my hours
my boss cut my pay
how do i cut hair for a living
do they beat the average pay
can i beat the competition
does this job beat retail
he beat me to the job
what does an abuse counselor do
child abuse investigator salary
is hanging drywall hard
i want to hang pictures in a museum
burning calories at work
do firefighters burn themselves
overdose prevention jobs
pill counting machine pharmacy technician
how many pills does a pharmacy technician count an hour
knife skills for a cook
do security guards carry a gun
the test killed me
can i end my contract early
i am hopeless with computers
is it a suicide mission to change careers at 50
does the job choke creativity
how do i jump into coding
i touch people as a massage therapist
do nurses get hit by patients
what kills time in a library
i would die for more vacation
is the work to die for
do they shoot ads
my boss hits her targets
my manager beats every record
i want to end my shift early
no reason to live in the city for this job
can i live there without a car
is there a point in applying
the printer keeps dying
how do you hang posters
im dead tired after work
will i starve on this pay
drop dead date for applications
do i need a passport to work abroad
the library has my passport photo on file
they keep my application on file
does the employer hold my license
do i need to hand in my documents on the first day
my boss wont let me leave early
what does a human trafficking investigator do
do librarians get sexual harassment training
how do libraries handle harassment by patrons
following up after an interview
should i follow the manager on linkedin
someone is following me on linkedin
what happens following the interview
who will be watching me work
do i wait outside before the interview
i keep touching the wrong key
do they touch base after the interview
how do you touch up paint
my mentor is pushing me to apply
what is the point of a cover letter if nobody reads it
is there any use in applying when i am already employed
i wont be here next week can they move the interview
how many days until i am gone on leave
overdose response training for library staff
do nurses treat overdose patients
does a pharmacy technician count 30 pills
i took two classes
i took all my exams
took too many sick days
quiero trabajar en una biblioteca
no quiero vivir en texas
me toca trabajar los sabados
no puedo mas horas
cuanto gana una enfermera
no quiero seguir en este trabajo
i am giving away my old textbooks
what does a stalking victim advocate do
i was fired for being late
will they fire me because i am slow
can they cut my hours
is forced overtime common
they make me work overtime
i have to pay off my debt with this salary
do i have to work for free as an intern
my coworkers call me by my first name
i was transferred to another branch
""".strip().splitlines()


def urgent(text):
    return [each.slug for each in care.urgent(text)]


def test_danger_is_heard_in_whatever_words():
    unheard = [text for text in DANGER if not any(each.is_crisis for each in care.urgent(text))]
    assert not unheard


@pytest.mark.parametrize("slug", FOLDED)
def test_each_danger_gets_its_own_line(slug):
    unheard = {text: urgent(text) for text in FOLDED[slug].strip().splitlines() if slug not in urgent(text)}
    assert not unheard


def test_what_must_be_done_at_once_stands_first():
    assert urgent("I took all my pills")[0] == "overdose"
    assert urgent("they took my passport and wont let me leave the house where I work") == ["trafficking", "violence"]


def test_a_line_that_speaks_spanish_says_so(client):
    for text, number in [("quiero morir", "988"), ("mi esposo me pega", "800-799-7233")]:
        page = client.get("/ask/", {"q": text}).content.decode()
        assert f'lang="es" hreflang="es">Ayuda en español: llame al {number}' in page
    for each in care.everything():
        assert not each.source or each.read_on, each.slug


def test_words_of_trouble_stand_in_no_address(client, guide):
    for text in (
        "my manager touched the zebrafish near my back",
        "they threaten my zebrafish",
        "with a felony zebrafish",
        "i am so scared of zebrafish",
        "my boss harasses me",
    ):
        for address in ("/ask/", "/guides/bookbinder/ask/"):
            page = client.get(address, {"q": text}).content.decode()
            assert "/ask/missing/" not in page, text
    assert "/ask/missing/" in client.get("/guides/bookbinder/ask/", {"q": "zebrafish on saturdays"}).content.decode()


def test_need_is_heard():
    assert not [text for text in NEED if urgent(text) != ["needs"]]


def test_a_question_about_work_is_no_danger():
    assert len(HARMLESS) >= 80
    assert not {text: urgent(text) for text in HARMLESS if urgent(text)}


def test_what_an_employer_may_do_is_a_matter_of_law():
    for text in (
        "is my boss allowed to fire me",
        "can they fire me for joining a union",
        "is it legal to make me work through lunch",
        "can i sue the library",
        "my employer refuses to pay me",
    ):
        assert [each.slug for each in care.concerns(text)] == ["rights"], text
    for text in (
        "is being a legal secretary a good job",
        "how much does a lawyer make",
        "how long is the trial period",
        "do they do it because it is fun",
        "can they fire me easily in the first months",
    ):
        assert not care.concerns(text), text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_search_says_it_alone(client, guide, headers):
    for text, number in [("bookbinder i want to die", "988"), ("my dad hits me", "800-799-7233")]:
        page = client.get("/search/", {"q": text}, headers=headers).content.decode()
        assert number in page
        assert "Please read this first" in page
        assert "result__" not in page
        assert "Nothing" not in page
    page = client.get("/search/", {"q": "i have no food"}, headers=headers).content.decode()
    assert "call 211" in page
    assert "Please read this first" not in page
    page = client.get("/search/", {"q": "bookbinder"}, headers=headers).content.decode()
    assert "result__" in page
    assert "call 211" not in page
    assert "988" not in page


def test_the_job_one_has_is_such_a_field_too(client, guide):
    for field in ("from", "to"):
        page = client.get("/move/", {field: "i want to die"}).content.decode()
        assert page.index("988") < page.index("<h1")
    assert "988" not in client.get("/move/", {"from": "cashier"}).content.decode()


def test_asking_says_it_too(client, guide):
    page = client.get("/ask/", {"q": "i have no food"}).content.decode()
    assert "call 211" in page
    assert "read on November 28, 2026" in page
