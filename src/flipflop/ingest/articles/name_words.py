"""The words that stand before a name and are no part of it, and those that are nobody's name."""

from __future__ import annotations

from flipflop.ingest.articles.wordlists import listed

TITLES = listed(
    """mr mrs ms miss dr sen sens rep reps gov govs gen lt col sgt maj capt cmdr adm rev hon prof president senator
    representative congressman congresswoman governor secretary judge justice pope minister premier chancellor
    chairman chairwoman chair speaker mayor sir lord lady dame ambassador spokesman spokeswoman spokesperson
    councilman councilwoman councillor alderman king queen prince princess sheikh ayatollah cardinal bishop
    archbishop father general colonel captain lieutenant sergeant officer chief director commissioner treasurer
    attorney professor coach vice prime deputy first former ex acting assistant under foreign interior finance
    defense defence treasury state press majority minority leader whip house senate budget republican democratic
    democrat labour conservative tory republicans lawyer candidate nominee presidential strategist pollster
    activist author economist analyst historian actor actress singer comedian host anchor manager adviser advisor
    aide superintendent sheriff environment health education climate mp moderator inspector detective shri smt
    taoiseach administrator executive ceo cfo supervisor delegate comptroller solicitor trustee"""
)
"""Words before a name that are no part of it."""

ORGANISATIONS = listed(
    """house times post journal news tribune herald guardian telegraph university college school institute department
    ministry committee commission council court party campaign group company inc corp co ltd llc association union
    federation agency bureau office administration government congress senate parliament assembly board bank fund
    foundation society church press network channel radio television tv service police force army navy kremlin
    pentagon reuters bloomberg cnn nbc abc cbs msnbc fox politico breitbart buzzfeed wikileaks facebook twitter
    google apple microsoft league team club hospital authority center centre coalition alliance caucus conference
    republicans democrats conservatives trust energy industries chamber treasury nato un eu fbi cia nsa irs epa
    doj dhs dnc rnc nations states kingdom street magazine review gazette chronicle daily globe examiner"""
)
"""Last words of the names of bodies, papers and firms."""

_PLACES = listed(
    """america england britain france germany russia china japan iran iraq syria israel india canada mexico europe
    asia africa washington london moscow york hampshire jersey carolina dakota virginia ohio iowa florida texas
    california nevada michigan wisconsin pennsylvania georgia arizona colorado illinois indiana kansas kentucky
    louisiana maine maryland massachusetts minnesota mississippi missouri montana nebraska oklahoma oregon
    tennessee utah vermont wyoming alabama alaska arkansas connecticut delaware hawaii idaho angeles francisco
    chicago boston philadelphia brussels paris berlin beijing tokyo seoul city county avenue boulevard island
    islands valley river lake hill hills benghazi cleveland detroit houston dallas miami atlanta seattle denver
    zealand korea ukraine turkey egypt cuba"""
)
_OTHERS = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december act bill amendment agreement deal pact war day week night award prize
    constitution islam christian muslim jewish catholic american americans russian russians chinese british
    english french german european twitter internet medicare medicaid obamacare brexit christmas thanksgiving god
    bible"""
)
NO_PERSONS = ORGANISATIONS | _PLACES | _OTHERS
"""Words that the name of a person does not end in."""

ADJECTIVES = listed(
    """monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march
    april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    republican democratic democrat libertarian conservative liberal american russian chinese british english
    french german european canadian mexican australian iranian israeli syrian iraqi african asian latino hispanic
    muslim christian jewish catholic western eastern southern northern texan irish scottish welsh indian japanese
    korean turkish ukrainian partial full breaking exclusive analysis opinion reuters' ap"""
)
"""Words with a capital that alone name nobody."""

ORDINARY = listed(
    """note correction source sources summary verdict background conclusion question answer editor anyway
    the a an this that these those it its he she they we i you his her their our my your who what when where why
    how which whom whose in on at by for from of to with without about after before since until during while as if
    though although because and but or nor so yet then than not no yes there here now also still even just only
    both either each every all any some many most more much few several one two three four five six seven eight
    nine ten another other such same is was are were be been being has had have do does did will would can could
    may might must shall should let according asked speaking despite instead however meanwhile moreover further
    once again perhaps maybe today yesterday tomorrow tonight later earlier last next first second third under
    over between among against through throughout across along around near like unlike given following including
    having well good ok okay hello thanks please never always often sometimes soon ago too very quite rather
    really nearly almost already recall read see watch update updated related advertisement share follow subscribe
    media image photo story continue responding citing noting adding addressing appearing writing saying calling
    referring pressed nobody everybody everyone someone somebody nothing something everything anything people
    others critics supporters remember facing discussing arguing claiming describing tweeting posting within
    conversely ironically similarly additionally finally interestingly notably unfortunately fortunately
    specifically recently previously currently originally initially ultimately eventually accordingly consequently
    nevertheless nonetheless likewise otherwise overall obviously clearly apparently presumably sadly hopefully
    thus hence actually indeed beyond beside besides above below whether unless except per via amid amidst inside
    outside"""
)
"""Words that begin a sentence with a capital and are no names."""
