"""Which given names are women's and which are men's, as far as that is nearly always so in English news."""

from __future__ import annotations

from flipflop.ingest.articles.wordlists import listed

FEMALE = listed(
    """abby abigail adele agnes alice alicia alison allison alma amanda amber amelia amy ana andrea angela angelina
    anita anjali ann anna anne annette annie april arlene ashley audrey ava barbara beatrice becky belinda
    bernadette bernice beth bethany betsy betty beverly bianca bonnie brenda bridget brittany camille candace
    carla carly carmen carol carole caroline carolyn carrie catherine cathy cecilia charlene charlotte chelsea
    cheryl christina christine cindy claire clara claudia colleen connie constance courtney crystal cynthia daisy
    dana danielle darlene dawn deborah debbie debra delia denise diana diane dianne dolores donna dora doris
    dorothy edith eileen elaine eleanor elena elise elizabeth ella ellen emily emma erica erin esther eva evelyn
    faith fatima fiona florence frances gabriella gail geraldine gertrude gina ginny gladys glenda gloria grace
    greta gwen hannah harriet heather heidi helen helena hillary holly hope ida ingrid irene iris isabel isabella
    ivanka jackie jacqueline jane janet janice jasmine jean jeanette jeanne jen jenna jennifer jenny jessica jill
    jo joan joann joanna joanne jocelyn jodi josephine joy joyce juanita judith judy julia juliana julie june
    karen karin kate katherine kathleen kathryn kathy katie katrina kayla keisha kellyanne kim kimberly kirsten
    kristen kristin laila lakshmi laura lauren laurie leah leila lena leslie lillian lily linda lindsay lisa lois
    loretta lori lorraine louise lucille lucy lydia lynn mabel madeline madeleine maggie marcia margaret maria
    marian marianne marie marilyn marion marissa marjorie marlene martha mary maureen maxine megan melania melanie
    melissa mercedes mercy michele michelle mildred mindy miranda miriam molly monica nadia nancy naomi natalie
    natasha nicole nikki nina noreen nora norma olga olivia paige pamela patricia patty paula pauline peggy penny
    phyllis priscilla priya rachel rebecca regina renee rhonda rita roberta robin rosa rosalind rose rosemary
    roxanne ruby ruth sabrina sally samantha sandra sara sarah selena shannon sharon sheila shelley sherry shirley
    sonia sophia sophie stacey stacy stella stephanie sue susan susanna suzanne svetlana sylvia tamara tammy tania
    tanya tara teresa tess theresa thelma tiffany tina tracey tricia ursula valerie vanessa vera veronica vicki
    victoria viola virginia vivian wanda wendy whitney winifred yolanda yvette yvonne zoe"""
)
MALE = listed(
    """aaron abdul abdullah abraham adam adrian ahmed al alan albert alec alejandro alex alexander alexei alfred ali
    allan allen alvin andre andrei andrew andy angelo anthony antonio arnold arthur ash barack barry bart basil
    ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan brent brett brian bruce
    bryan byron calvin carl carlos carter cecil chad charles charlie chester chris christopher chuck clarence
    clark clay clifford clint clinton clyde cody colin corey cory craig curtis dale damon dan daniel danny darrell
    darren dave david dean dennis derek derrick desmond dick dmitry dominic don donald doug douglas drew duane
    dustin dwayne dwight earl ed eddie edgar edmund eduardo edward edwin eli elliott emmanuel enrique eric erik
    ernest ethan eugene evan felix fernando floyd francisco frank franklin fred frederick gabriel gareth gary
    gavin gene geoff geoffrey george gerald gerard gilbert glenn gordon graham greg gregory guy hal harlan harold
    harry harvey hector henry herbert herman hugo hugh ian igor ira isaac ivan jack jacob jaime jake jamal james
    jared jason jay jeb jed jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joe joel john johnny jon
    jonathan jorge jose joseph joshua juan julian julio justin karl keith ken kenneth kenny kevin kirk kurt kwame
    kyle lance larry lawrence lee leo leon leonard leroy lester lewis lloyd lonnie louis lucas luis luke luther
    malcolm manuel marc marco marcus mario mark marshall martin marvin matt matthew maurice max melvin michael
    miguel mike mikhail milton mitch mitchell mitt mohammed mohammad morris moses muhammad nathan nathaniel neil
    nelson newt nicholas nick nicolas nigel noah noel norman oliver omar orlando oscar otto owen pablo patrick
    paul pedro pete peter phil philip phillip prince rafael ralph ramon rand randall randy ray raymond reginald
    reince rex ricardo richard rick ricky rob robert roberto roger roland ron ronald rory ross roy ruben rudolph
    rudy rupert russell ryan sam samuel scott sean sebastian sergei sergey sergio seth shane shaun shawn sidney
    simon spencer stan stanley stephen steve steven stuart sylvester ted terrence terry theodore thomas tim
    timothy toby todd tom tommy tony travis trent trevor troy tyler victor vince vincent vladimir wade wallace
    walter warren wayne wesley wilbur willard william willie winston xavier zachary"""
)
FEMALE_TITLES = listed(
    """mrs ms miss lady dame queen congresswoman councilwoman chairwoman spokeswoman actress princess"""
)
MALE_TITLES = listed("""mr sir lord king congressman councilman chairman spokesman actor prince father pope""")


def gender_of(titles: tuple[str, ...], given: str) -> str:
    """Return "f" or "m" as the titles say, else the given name; nothing where neither does."""
    for title in titles:
        if title in FEMALE_TITLES:
            return "f"
        if title in MALE_TITLES:
            return "m"
    name = given.lower()
    return "f" if name in FEMALE else "m" if name in MALE else ""
