"""How moments are said in seven other languages: rules that put the words around a date into English.

Letters are without accents here, as ``foreign.bare`` gives them. Months, weekdays and clocks are left to ``foreign``.
Left out is what has two meanings: a Spanish or Portuguese summer may be of either half of the Earth, and "heute Nacht"
is the night before or the one to come.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Language(NamedTuple):
    """Rules for phrases (regular expression and what takes its place), then words, one English meaning a line."""

    rules: tuple[tuple[str, str], ...]
    words: str


_N = r"(\d{1,4}|[^\W\d_]+)"
_DAY = r"(?=\d|l[ae]s?\s\d)"
LANGUAGES = {
    "French": Language(
        (
            (rf"il y a {_N} (\w+)", r"\1 \2 ago"),
            (r"dans la nuit (?:du|de) (.+?) (?:au|a) (.+)", r"the night of \1 to \2"),
            (r"la nuit derniere", "last night"),
            (r"(?:a la )?mi-(?=[a-z\d])", "mid-"),
            (r"du (.+?) au (?=\d)", r"from \1 to "),
            (r"de (\d[\w:.]*) a (?=\d)", r"from \1 to "),
            (r"entre (?:le )?(.+?) et (?:le )?", r"between \1 and "),
            (r"(\d{1,2}(?:er)? [a-z]+) (?:dernier|passe)", r"\1"),
            (r"(?:dans )?les annees (\d{3}0)", r"\1s"),
            (r"a (?=\d\d?\s?(?:h|:))", ""),
            (r"(?:au )?(1er|premier|2e|deuxieme|3e|troisieme|4e|quatrieme) trimestre", r"\1 quarter"),
            (r"\A(?:le )?lun\.? (?=\d)", "monday "),
            (r"\A(?:le )?mar\.? (?=\d)", "tuesday "),
            (r"\A(?:le )?mer\.? (?=\d)", "wednesday "),
            (r"\A(?:le )?jeu\.? (?=\d)", "thursday "),
            (r"\A(?:le )?ven\.? (?=\d)", "friday "),
            (r"\A(?:le )?sam\.? (?=\d)", "saturday "),
            (r"\A(?:le )?dim\.? (?=\d)", "sunday "),
        ),
        """
        yesterday: hier
        day before yesterday: avant-hier
        today: aujourd'hui
        this morning: ce matin
        this afternoon: cet apres-midi
        this evening: ce soir
        evening: soir, au soir, en soiree, soiree, dans la soiree du, dans la soiree
        morning: matin, au matin, dans la matinee du, dans la matinee, matinee
        afternoon: apres-midi, dans l'apres-midi du, dans l'apres-midi
        at noon: a midi, midi
        early: debut, au debut de, au debut du mois de
        mid: milieu, au milieu de
        late: fin, a la fin de, a la fin du mois de
        week: semaine
        month: mois
        year: annee, an, ans, annees
        day: jour, jours
        weeks: semaines
        hours: heures passees
        weekend: week-end, le week-end, ce week-end-la
        last: dernier, derniere, passe, passee
        this: cette, ce
        spring: printemps, au printemps
        summer: ete, a l'ete
        autumn: automne, a l'automne
        winter: hiver
        before: avant, avant le, avant la
        after: apres, apres le
        since: depuis, depuis le, a partir du, a compter du
        until: jusqu'au, jusqu'a, jusqu'en
        no later than: au plus tard le, au plus tard en, au plus tard
        about: vers, environ, aux environs de, aux alentours de, autour de
        first: 1er, premier
        second: 2e, deuxieme
        third: 3e, troisieme
        fourth: 4e, quatrieme
        one: un, une
        two: deux
        three: trois
        four: quatre
        five: cinq
        six: six
        seven: sept
        eight: huit
        nine: neuf
        ten: dix
        -: au, en, du
        """,
    ),
    "German": Language(
        (
            (rf"vor {_N} (tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|stunden?|minuten?)", r"\1 \2 ago"),
            (r"in der nacht (?:vom|von) (.+?) (?:zum|auf|zu) (.+)", r"the night of \1 to \2"),
            (r"vo[mn] (.+?) bis (?:zum )?(?=\S)", r"from \1 to "),
            (r"zwischen (?:dem )?(.+?) und (?:dem )?", r"between \1 and "),
            (r"\Abis (?:zum )?", "until "),
            (r"bis (?:zum )?(?=\S)", "to "),
            (r"am (?:vergangenen|letzten) (?=\d)", ""),
            (r"(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)[ ]?"
             r"(abend|morgen|vormittag|nachmittag|mittag|nacht)s?", r"\1 \2s"),
            (r"sonnabend", "saturday"),
            (r"(heute|gestern|vorgestern) (?:morgen|fruh|vormittag)", r"\1 morning"),
            (r"heute (?=morning|abend|nachmittag|mittag)", "this "),
            (r"in den (\d{3}0)er(?:n| jahren)", r"\1s"),
            (r"(?:im |das )?(erste|zweite|dritte|vierte)[ns]? quartal", r"\1 quarter"),
            (r"\A(?:am )?mo\.?,? (?=(?:den )?\d)", "monday "),
            (r"\A(?:am )?di\.?,? (?=(?:den )?\d)", "tuesday "),
            (r"\A(?:am )?mi\.?,? (?=(?:den )?\d)", "wednesday "),
            (r"\A(?:am )?do\.?,? (?=(?:den )?\d)", "thursday "),
            (r"\A(?:am )?fr\.?,? (?=(?:den )?\d)", "friday "),
            (r"\A(?:am )?sa\.?,? (?=(?:den )?\d)", "saturday "),
            (r"\A(?:am )?so\.?,? (?=(?:den )?\d)", "sunday "),
        ),
        """
        yesterday: gestern
        day before yesterday: vorgestern
        today: heute
        evening: abend, abends, am abend
        morning: vormittag, vormittags, am vormittag, morgens, am morgen
        afternoon: nachmittag, nachmittags, am nachmittag
        midday: mittag, mittags, am mittag
        night: nachts
        early: anfang
        mid: mitte
        late: ende
        week: woche
        weeks: wochen
        month: monat
        months: monate, monaten
        year: jahr
        years: jahre, jahren
        day: tag
        days: tage, tagen
        hours: stunden, stunde
        minutes: minuten, minute
        over the weekend: am wochenende
        last weekend: am letzten wochenende, am vergangenen wochenende
        last: letzte, letzten, letzter, letztes, vergangene, vergangenen, vergangenes, vorige, vorigen, voriges
        this: diese, diesen, diesem, dieses
        spring: fruhling, fruhjahr
        summer: sommer
        autumn: herbst
        before: vor, vor dem, vor der
        after: nach, nach dem
        since: seit, seit dem, ab, ab dem
        no later than: spatestens, spatestens am
        not before: fruhestens, fruhestens am
        just after: kurz nach
        just before: kurz vor
        about: gegen, etwa, zirka, ungefahr, um etwa
        first: erste
        second: zweite
        third: dritte
        fourth: vierte
        one: ein, eine, einem, einer
        two: zwei
        three: drei
        four: vier
        five: funf
        six: sechs
        seven: sieben
        eight: acht
        nine: neun
        ten: zehn
        """,
    ),
    "Spanish": Language(
        (
            (rf"hace {_N} (\w+)", r"\1 \2 ago"),
            (r"del (.+?) al (?=\d)", r"from \1 to "),
            (r"de(?: las)? (\d{1,2}(?:[:.]\d\d)?) a (?:las )?(?=\d)", r"from \1 to "),
            (rf"desde (?:el |las )?(.+?) hasta (?:el |las )?{_DAY}", r"from \1 to "),
            (r"entre (?:el |las )?(.+?) y (?:el |las )?", r"between \1 and "),
            (r"el pasado (?=\d)", ""),
            (r"la noche del (.+?) al (.+)", r"the night of \1 to \2"),
            (r"(?:en )?los anos (\d{3}0)", r"\1s"),
            (r"(primer|segundo|tercer|cuarto) trimestre", r"\1 quarter"),
            (r"\A(?:el )?lun\.?,? (?=\d)", "monday "),
            (r"\A(?:el )?mar\.?,? (?=\d)", "tuesday "),
            (r"\A(?:el )?mie\.?,? (?=\d)", "wednesday "),
            (r"\A(?:el )?jue\.?,? (?=\d)", "thursday "),
            (r"\A(?:el )?vie\.?,? (?=\d)", "friday "),
            (r"\A(?:el )?sab\.?,? (?=\d)", "saturday "),
            (r"\A(?:el )?dom\.?,? (?=\d)", "sunday "),
        ),
        """
        yesterday: ayer
        day before yesterday: anteayer, antes de ayer, antier
        today: hoy
        this morning: esta manana, hoy por la manana
        this afternoon or evening: esta tarde, hoy por la tarde
        last night: anoche
        morning: por la manana, de la manana, en la manana
        afternoon or evening: por la tarde, de la tarde, en la tarde
        night: por la noche, de la noche, en la noche
        midday: al mediodia, mediodia, a mediodia
        early: a principios de, principios de, a comienzos de, comienzos de, a inicios de, inicios de
        mid: a mediados de, mediados de
        late: a finales de, finales de, a fines de, fines de
        week: semana
        weeks: semanas
        month: mes
        months: meses
        year: ano
        years: anos
        day: dia
        days: dias
        hours: horas
        minutes: minutos
        weekend: fin de semana
        last: pasado, pasada, ultimo, ultima
        this: este, esta
        before: antes de, antes del, antes de las
        after: despues de, despues del, despues de las, tras el
        since: desde, desde el, a partir del
        until: hasta, hasta el
        no later than: a mas tardar el
        about: hacia, hacia las, hacia el, alrededor de, alrededor de las, alrededor del, sobre las, cerca de las
        first: primer
        second: segundo
        third: tercer
        fourth: cuarto
        one: un, una
        two: dos
        three: tres
        four: cuatro
        five: cinco
        six: seis
        seven: siete
        eight: ocho
        nine: nueve
        ten: diez
        """,
    ),
    "Italian": Language(
        (
            (rf"{_N} (giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|or[ae]|minut[oi]) fa", r"\1 \2 ago"),
            (r"dal(?:le|l')? ?(.+?) al(?:le|l')? ?(?=\d)", r"from \1 to "),
            (r"da (\w+) a (\w+)", r"from \1 to \2"),
            (r"(?:tra|fra) (?:il |le |l')?(.+?) e (?:il |le |l')?", r"between \1 and "),
            (r"(\d{1,2} [a-z]+) scorso", r"\1"),
            (r"(?:lo )?scorso (?=\d)", ""),
            (r"quest'anno", "this year"),
            (r"(primo|secondo|terzo|quarto) trimestre", r"\1 quarter"),
            (r"\A(?:il )?lun\.?,? (?=\d)", "monday "),
            (r"\A(?:il )?mar\.?,? (?=\d)", "tuesday "),
            (r"\A(?:il )?mer\.?,? (?=\d)", "wednesday "),
            (r"\A(?:il )?gio\.?,? (?=\d)", "thursday "),
            (r"\A(?:il )?ven\.?,? (?=\d)", "friday "),
            (r"\A(?:il )?sab\.?,? (?=\d)", "saturday "),
            (r"\A(?:il )?dom\.?,? (?=\d)", "sunday "),
        ),
        """
        yesterday: ieri
        day before yesterday: l'altro ieri, altro ieri, altroieri, ieri l'altro
        today: oggi
        this morning: stamattina, stamani, questa mattina
        this afternoon: oggi pomeriggio, questo pomeriggio
        this evening: stasera, questa sera
        evening: sera, di sera, della sera, in serata, nella serata di
        morning: mattina, mattino, di mattina, del mattino
        afternoon: pomeriggio, nel pomeriggio, del pomeriggio, nel pomeriggio di, nel pomeriggio del
        at noon: a mezzogiorno, mezzogiorno
        early: inizio, all'inizio di, a inizio, agli inizi di, ai primi di
        mid: meta, a meta, alla meta di
        late: fine, alla fine di, a fine
        week: settimana
        weeks: settimane
        month: mese
        months: mesi
        year: anno
        years: anni
        day: giorno
        days: giorni
        hours: ora
        minutes: minuti, minuto
        weekend: fine settimana
        last: scorso, scorsa, passato, passata
        this: questo, questa
        summer: estate
        autumn: autunno
        before: prima del, prima di, prima delle
        after: dopo, dopo il, dopo le
        since: dal, a partire dal
        until: fino al, fino a, entro il, entro
        no later than: non oltre il
        about: verso, verso le, circa, intorno al, intorno alle, attorno alle
        first: primo
        second: secondo
        third: terzo
        fourth: quarto
        one: un, uno, una
        two: due
        three: tre
        four: quattro
        five: cinque
        six: sei
        seven: sette
        eight: otto
        nine: nove
        ten: dieci
        """,
    ),
    "Portuguese": Language(
        (
            (rf"ha {_N} (\w+)", r"\1 \2 ago"),
            (rf"{_N} (dias?|semanas?|mes|meses|anos?|horas?|minutos?) atras", r"\1 \2 ago"),
            (r"de (\d[\w:.]*(?: de [a-z]+)?) a (?=\d)", r"from \1 to "),
            (r"das (\d[\w:.]*) as (?=\d)", r"from \1 to "),
            (r"entre (?:o dia |as )?(.+?) e (?:o dia |as )?", r"between \1 and "),
            (r"(?:no (?:passado|ultimo) dia|no ultimo) (?=\d)", ""),
            (r"n[oa] (?=dia \d|segunda|terca|quarta|quinta|sexta|sabado|domingo|passad|ultim)", ""),
            (r"(primeiro|segundo|terceiro|quarto) trimestre", r"\1 quarter"),
            (r"\Aseg\.?,? (?=\d)", "monday "),
            (r"\Ater\.?,? (?=\d)", "tuesday "),
            (r"\Aqua\.?,? (?=\d)", "wednesday "),
            (r"\Aqui\.?,? (?=\d)", "thursday "),
            (r"\Asex\.?,? (?=\d)", "friday "),
            (r"\Asab\.?,? (?=\d)", "saturday "),
            (r"\Adom\.?,? (?=\d)", "sunday "),
        ),
        """
        yesterday: ontem
        day before yesterday: anteontem
        today: hoje
        this morning: esta manha, hoje de manha
        this afternoon: esta tarde, hoje a tarde
        morning: de manha, da manha, pela manha, na manha de, manha
        afternoon: a tarde, da tarde, de tarde, na tarde de
        night: a noite, da noite, de noite, na noite de
        midday: ao meio-dia, meio-dia
        early: inicio de, no inicio de, comeco de, no comeco de, principio de, principios de
        mid: meados de, em meados de
        late: final de, no final de, fim de, no fim de, finais de, em finais de
        week: semana, na semana
        weeks: semanas
        month: mes, no mes
        months: meses
        year: ano, no ano
        years: anos
        day: dia
        days: dias
        hours: horas
        minutes: minutos
        weekend: fim de semana, no fim de semana, fim-de-semana
        last: passado, passada, ultimo, ultima
        this: este, esta, neste, nesta
        before: antes de, antes do dia, antes das
        after: depois de, depois do dia, depois das, apos, apos o dia
        since: desde, desde o dia, a partir de
        until: ate, ate o dia, ate ao dia
        about: por volta de, por volta das, cerca de, cerca das
        first: primeiro
        second: segundo
        third: terceiro
        fourth: quarto
        one: um, uma
        two: dois, duas
        three: tres
        four: quatro
        five: cinco
        six: seis
        seven: sete
        eight: oito
        nine: nove
        ten: dez
        """,
    ),
    "Dutch": Language(
        (
            (rf"{_N} (dag(?:en)?|week|weken|maand(?:en)?|jaar|uur|uren|minuten?|minuut) geleden", r"\1 \2 ago"),
            (r"in de nacht van (.+?) op (.+)", r"the night of \1 to \2"),
            (r"van (.+?) (?:tot(?: en met)?|t/m) (?=\S)", r"from \1 to "),
            (r"tussen (.+?) en (?=\S)", r"between \1 and "),
            (r"\Atot (?:en met )?", "until "),
            (r"(?:tot(?: en met)?|t/m) (?=\S)", "to "),
            (r"(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)[ ]?(avond|ochtend|morgen|middag|nacht)",
             r"\1 \2s"),
            (r"in de jaren (\d{3}0)", r"\1s"),
            (r"half (?=januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)",
             "mid "),
            (r"(eerste|tweede|derde|vierde) kwartaal", r"\1 quarter"),
            (r"\Ama\.?,? (?=\d)", "monday "),
            (r"\Adi\.?,? (?=\d)", "tuesday "),
            (r"\Awo\.?,? (?=\d)", "wednesday "),
            (r"\Ado\.?,? (?=\d)", "thursday "),
            (r"\Avr\.?,? (?=\d)", "friday "),
            (r"\Aza\.?,? (?=\d)", "saturday "),
            (r"\Azo\.?,? (?=\d)", "sunday "),
        ),
        """
        yesterday: gisteren
        day before yesterday: eergisteren
        today: vandaag
        yesterday evening: gisteravond, gisteren avond
        yesterday morning: gisterochtend, gistermorgen
        yesterday afternoon: gistermiddag
        this morning: vanochtend, vanmorgen
        this afternoon: vanmiddag
        this evening: vanavond
        evening: avonds, 's avonds, avond
        morning: ochtends, 's ochtends, ochtend, morgens, 's morgens
        afternoon: middags, 's middags, middag
        night: nachts
        early: begin
        mid: medio, midden
        late: eind, einde
        week: week
        weeks: weken
        month: maand
        months: maanden
        year: jaar
        day: dag
        days: dagen
        hours: uren
        minutes: minuten, minuut
        over the weekend: in het weekend
        last: vorige, vorig
        this past: afgelopen
        this: deze, dit
        spring: lente, voorjaar
        summer: zomer
        autumn: herfst, najaar
        before: voor, voor de
        after: na, na de
        since: sinds, vanaf
        no later than: uiterlijk, uiterlijk op
        about: rond, omstreeks, circa, ongeveer
        first: eerste
        second: tweede
        third: derde
        fourth: vierde
        one: een
        two: twee
        three: drie
        four: vier
        five: vijf
        six: zes
        seven: zeven
        eight: acht
        nine: negen
        ten: tien
        -: op, in de, in het, het
        """,
    ),
    "Russian": Language(
        (
            (r"(?<=\d{4}) (?:года|году|г)(?!\w)\.?", ""),
            (rf"{_N} (днеи|дня|день|недел[юи]|недель|месяц(?:а|ев)?|года?|лет|час(?:а|ов)?|минут[ыу]?) назад",
             r"\1 \2 ago"),
            (r"\A(день|неделю|месяц|год|час) назад", r"one \1 ago"),
            (r"в ночь с (.+?) на (.+)", r"the night of \1 to \2"),
            (r"с (.+?) (?:по|до) (?=\S)", r"from \1 to "),
            (r"между (.+?) и (?=\S)", r"between \1 and "),
            (r"(\d\d?) час(?:а|ов)", r"\1h"),
            (r"в прошл(?:ыи|ую|ое) ", "last "),
            (r"\Aпн,? (?=\d)", "monday "),
            (r"\Aвт,? (?=\d)", "tuesday "),
            (r"\Aср,? (?=\d)", "wednesday "),
            (r"\Aчт,? (?=\d)", "thursday "),
            (r"\Aпт,? (?=\d)", "friday "),
            (r"\Aсб,? (?=\d)", "saturday "),
            (r"\Aвс,? (?=\d)", "sunday "),
        ),
        """
        yesterday: вчера
        day before yesterday: позавчера
        today: сегодня
        this morning: сегодня утром
        this afternoon: сегодня днем
        this evening: сегодня вечером
        morning: утром, утра
        afternoon: днем, дня
        evening: вечером, вечера
        early: в начале, начало
        mid: в середине, середина
        late: в конце, конец
        last week: на прошлои неделе
        last month: в прошлом месяце
        last year: в прошлом году
        this week: на этои неделе
        this month: в этом месяце
        this year: в этом году
        over the weekend: на выходных
        days: днеи, день
        weeks: неделю, недели, недель
        months: месяц, месяца, месяцев
        years: год, года, лет
        hours: час, часа, часов
        minutes: минут, минуты, минуту
        spring: весна, веснои, весны
        summer: лето, летом, лета
        autumn: осень, осенью, осени
        until: до
        after: после
        since: с, начиная с
        no later than: не позднее, не позже
        not before: не ранее, не раньше
        about: около, примерно
        one: один, одну, одна
        two: два, две
        three: три
        four: четыре
        five: пять
        six: шесть
        seven: семь
        eight: восемь
        nine: девять
        ten: десять
        """,
    ),
}  # fmt: skip
"""After them come the languages whose months alone are known: those of ``names_abroad``."""


def in_english_words(text: str, language: str) -> str:
    """Return a text (lower case, without accents) with what a language says around its date in English."""
    rules, words, meanings = _compiled(language)
    for rule, by in rules:
        text = rule.sub(by, text)
    return " ".join(words.sub(lambda match: meanings[match[0]], text).split())


@lru_cache(maxsize=len(LANGUAGES))
def _compiled(language: str) -> tuple[list[tuple[re.Pattern[str], str]], re.Pattern[str], dict[str, str]]:
    rules, table = LANGUAGES[language]
    meanings: dict[str, str] = {}
    for line in table.split("\n"):
        english, _, words = line.strip().partition(": ")
        meanings |= {word: "" if english == "-" else english for word in words.split(", ") if word}
    longest_first = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    return (
        [(re.compile(_bounded(rule)), by) for rule, by in rules],
        re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w'-])"),
        meanings,
    )


def _bounded(rule: str) -> str:
    """Return a rule that begins, and ends, with whole words."""
    return ("" if rule.startswith("(?<") else r"(?<!\w)") + rule + (r"(?!\w)" if rule[-1].isalnum() else "")
