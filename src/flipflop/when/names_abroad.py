"""The names of months and weekdays in other languages, from January and from Monday on, and what stands around them.

After the Unicode CLDR, with the forms that stand in dates (9 июля, 9 lipca). Names that are the same in English, months
of fewer than three letters and weekdays of fewer than four are left out.
"""

from __future__ import annotations

MONTHS_ABROAD = {
    "fr": (
        "janv janvier|févr février fév|mars|avr avril|mai|juin|juil juillet|août aoû|septembre|octobre|novembre"
        "|déc décembre"
    ),
    "de": "januar jänner|februar feber|mär märz mrz||mai|juni|juli|||okt oktober||dez dezember",
    "es": (
        "ene enero|febrero|marzo|abr abril|mayo|junio|julio|ago agosto|septiembre setiembre set|octubre|noviembre"
        "|dic diciembre"
    ),
    "it": (
        "gen gennaio|febbraio|marzo|aprile|mag maggio|giu giugno|lug luglio|ago agosto|set settembre|ott ottobre"
        "|novembre|dic dicembre"
    ),
    "pt": (
        "janeiro|fev fevereiro|março|abr abril|mai maio|junho|julho|ago agosto|set setembro septembro|out outubro"
        "|novembro|dez dezembro"
    ),
    "nl": "januari|februari|maart mrt||mei|juni|juli|augustus||okt oktober||",
    "pl": (
        "sty styczeń stycznia styczen styczniu|lut lutego luty lutym|marca marzec marcu"
        "|kwi kwiecień kwietnia kwiecien kwietniu kwie|maj maja maju|cze czerwca czerwiec czerwcu"
        "|lip lipca lipiec lipcu|sie sierpień sierpnia sierpien sierpniu"
        "|wrz wrzesień września wrzesien wrzesnia wrześniu wrzesniu"
        "|paź październik października pazdziernik pazdziernika październiku pazdzierniku paz"
        "|lis listopad listopada listopadzie|gru grudnia grudzień grudzien grudniu"
    ),
    "cs": (
        "led leden ledna lednu|úno únor února únr únoru|bře březen března březnu|dub duben dubna dubnu"
        "|kvě květen května květnu|červen června čvn čer červnu|července červenec čvc črc červenci črv"
        "|srp srpen srpna srpnu|zář září|říj říjen října říjnu|lis listopad listopadu"
        "|pro prosince prosinec prosinci"
    ),
    "sk": (
        "január januára|február februára|marca marec|apríl apríla|máj mája|jún júna|júl júla|augusta|septembra"
        "|okt október októbra|novembra|decembra"
    ),
    "sl": (
        "januar januarja|februar februarja|marec marca|aprila|maj maja|junij junija|julij julija"
        "|avg avgust avgusta|septembra|okt oktober oktobra|novembra|decembra"
    ),
    "hr": (
        "sij siječanj siječnja siječnju siječnjem|velj veljača veljače veljači veljačom"
        "|ožu ožujak ožujka ožujku ožujkom|tra travanj travnja travnju travnjem"
        "|svi svibanj svibnja svibnju svibnjem|lip lipanj lipnja lipnju lipnjem|srp srpanj srpnja srpnju srpnjem"
        "|kol kolovoz kolovoza kolovozu kolovozom|ruj rujan rujna rujnu rujnom"
        "|lis listopad listopada listopadu listopadom"
        "|stu studeni studenoga studenom studenomu studenome studenog studenim"
        "|pro prosinac prosinca prosincu prosincem"
    ),
    "hu": (
        "január|febr február|márc március már|ápr április|máj május|jún június|júl július|augusztus"
        "|szept szeptember|okt október||"
    ),
    "ro": (
        "ian ianuarie|februarie febr|martie mart|aprilie|mai|iun iunie|iul iulie||septembrie|octombrie"
        "|noiembrie noiem|decembrie"
    ),
    "sv": "januari|februari|mars||maj|juni|juli|augusti||okt oktober||",
    "da": "januar|februar|marts||maj|juni|juli|||okt oktober||",
    "nb": "januar|februar|mars||mai|juni|juli|||okt oktober||des desember",
    "fi": (
        "tammi tammik tammikuu tammikuuta tammikuussa|helmi helmik helmikuu helmikuuta helmikuussa"
        "|maalis maalisk maaliskuu maaliskuuta maaliskuussa|huhti huhtik huhtikuu huhtikuuta huhtikuussa"
        "|touko toukok toukokuu toukokuuta toukokuussa|kesä kesäk kesäkuu kesäkuuta kesäkuussa"
        "|heinä heinäk heinäkuu heinäkuuta heinäkuussa|elo elok elokuu elokuuta elokuussa"
        "|syys syysk syyskuu syyskuuta syyskuussa|loka lokak lokakuu lokakuuta lokakuussa"
        "|marras marrask marraskuu marraskuuta marraskuussa|joulu jouluk joulukuu joulukuuta joulukuussa"
    ),
    "et": "jaan jaanuar|veebr veebruar|märts|aprill|mai|juuni|juuli|||okt oktoober||dets detsember",
    "lv": (
        "janv janvāris janvārī|febr februāris februārī|marts martā|aprīlis aprīlī|maijs maijā|jūn jūnijs jūnijā"
        "|jūl jūlijs jūlijā|augusts augustā|septembris septembrī|okt oktobris oktobrī|novembris novembrī"
        "|decembris decembrī"
    ),
    "lt": (
        "saus sausio sausis|vas vasario vasaris|kov kovas kovo|bal balandis balandžio|geg gegužė gegužės"
        "|birž birželio birželis|liep liepa liepos|rugp rugpjūtis rugpjūčio|rugs rugsėjis rugsėjo"
        "|spal spalio spalis|lapkr lapkritis lapkričio|gruod gruodis gruodžio"
    ),
    "tr": (
        "oca ocak|şub şubat|mart|nis nisan|mayıs|haz haziran|tem temmuz|ağu ağustos|eyl eylül|eki ekim|kas kasım"
        "|ara aralık"
    ),
    "id": (
        "januari djan djanuari|februari peb pebruari|maret mrt||mei mai|juni djuni|juli djuli|agu agustus agt|"
        "|okt oktober|nop nopember|des desember"
    ),
    "ca": "gen gener|febr febrer|març|abr abril|maig|juny|juliol|agost|set setembre|octubre|novembre|des desembre",
    "sq": (
        "janar|shk shkurt|mars|pri prill|maj|qer qershor|korr korrik kor|gush gusht gsh|sht shtator|tet tetor"
        "|nën nëntor|dhj dhjetor"
    ),
    "is": "janúar|febrúar|mars|apríl|maí|jún júní|júl júlí|ágú ágúst||okt október|nóv nóvember|des desember",
    "eu": (
        "urt urtarrila|ots otsaila|martxoa|api apirila|mai maiatza|eka ekaina|uzt uztaila|abu abuztua|ira iraila"
        "|urr urria|aza azaroa|abe abendua"
    ),
    "gl": (
        "xan xaneiro|febreiro|marzo|abr abril|maio|xuño|xul xullo|ago agosto|set setembro|out outubro|novembro|decembro"
    ),
    "ga": (
        "ean eanáir|feabh feabhra|márta|aib aibreán|beal bealtaine|meith meitheamh|iúil|lún lúnasa|mfómh|dfómh"
        "|samh samhain|noll nollaig"
    ),
    "ru": (
        "янв январь января|февр февраль февраля фев|мар март марта|апр апрель апреля|май мая|июн июнь июня"
        "|июл июль июля|авг август августа|сент сентябрь сентября сен|окт октябрь октября|нояб ноябрь ноября ноя"
        "|дек декабрь декабря"
    ),
    "uk": (
        "січ січень січня|лют лютий лютого|бер березень березня берез|квіт квітень квітня кві"
        "|трав травень травня тра|черв червень червня чер|лип липень липня|серп серпень серпня сер"
        "|вер вересень вересня верес|жовт жовтень жовтня жов|лист листопад листопада листоп лис"
        "|груд грудень грудня гру"
    ),
    "bg": (
        "яну януари|фев февруари|март|апр април|май|юни|юли|авг август|сеп септември септ септм|окт октомври"
        "|ное ноември|дек декември"
    ),
    "be": (
        "сту студзень студзеня стд|лют лютага люты|сак сакавік сакавіка|кра красавік красавіка крс"
        "|май мая траўня тра|чэр чэрвень чэрвеня|ліп ліпень ліпеня|жні жнівень жніўня жнівеня жнв"
        "|вер верасень верасня врс|кас кастрычнік кастрычніка кст|ліс лістапад лістапада|сне снежань снежня снж"
    ),
    "mk": (
        "јан јануари|фев февруари|мар март|апр април|мај|јун јуни|јул јули|авг август|сеп септември септ"
        "|окт октомври|ное ноември ноем|дек декември"
    ),
    "sr": (
        "јан јануар јануара јануари januar januara|феб фебруар фебруара februar februara"
        "|мар март марта mart marta|апр април априла aprila|мај маја maj maja|јун јуна јуни juna juni"
        "|јул јула јули jula juli|авг август августа avgust avgusta|сеп септембар септембра septembar septembra"
        "|окт октобар октобра oktobar oktobra|нов новембар новембра novembar novembra"
        "|дец децембар децембра decembar decembra"
    ),
    "el": (
        "ιαν ιανουάριος ιανουαρίου|φεβ φεβρουάριος φεβρουαρίου|μάρ μάρτιος μαρ μαρτίου|απρ απρίλιος απριλίου"
        "|μάι μάιος μαΐ μαΐου|ιουν ιουνίου ιούν ιούνιος|ιουλ ιουλίου ιούλ ιούλιος|αυγ αυγούστου αύγ αύγουστος"
        "|σεπ σεπτέμβριος σεπτεμβρίου|οκτ οκτωβρίου οκτώβριος|νοέ νοέμβριος νοε νοεμβρίου"
        "|δεκ δεκέμβριος δεκεμβρίου"
    ),
    "ar": "يناير|فبراير|مارس|أبريل|مايو|يونيو يونيه يونية|يوليو يوليه يولية|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "fa": (
        "ژانویه ژانویهٔ جنوری|فوریه فوریهٔ فبروری|مارس مارچ|آوریل اپریل|مهٔ|ژوئن جون|ژوئیه ژوئیهٔ جولای|اوت آگست"
        "|سپتامبر سپتمبر|اکتبر اکتوبر|نوامبر نومبر|دسامبر دسمبر"
    ),
    "he": (
        "ינואר ינו לינואר בינואר|פברואר פבר בפברואר לפברואר|מרץ במרץ למרץ מרס במרס למרס מארס במארס למארס"
        "|אפריל אפר באפריל לאפריל|מאי במאי למאי|יוני ביוני ליוני יונ|יולי ביולי ליולי יול"
        "|אוגוסט אוג באוגוסט לאוגוסט|ספטמבר ספט בספטמבר לספטמבר|אוקטובר אוק באוקטובר לאוקטובר"
        "|נובמבר נוב בנובמבר לנובמבר|דצמבר דצמ בדצמבר לדצמבר"
    ),
    "hi": ("जनवरी|फ़रवरी फ़र|मार्च|अप्रैल||जून|जुलाई जुल|अगस्त|सितंबर सित सितम्बर|अक्तूबर अक्तू अक्टूबर|नवंबर नवम्बर|दिसंबर दिस दिसम्बर"),
    "hy": (
        "հնվ հունվար հունվարի|փետրվար փետրվարի փտվ|մարտ մարտի մրտ|ապր ապրիլ ապրիլի|մայիս մայիսի մյս"
        "|հնս հունիս հունիսի|հլս հուլիս հուլիսի|օգոստոս օգոստոսի օգս|սեպ սեպտեմբեր սեպտեմբերի"
        "|հոկ հոկտեմբեր հոկտեմբերի|նոյ նոյեմբեր նոյեմբերի|դեկ դեկտեմբեր դեկտեմբերի"
    ),
    "ka": (
        "იან იანვარი|თებ თებერვალი|მარ მარტი|აპრ აპრილი|მაი მაისი|ივნ ივნისი|ივლ ივლისი|აგვ აგვისტო"
        "|სექ სექტემბერი|ოქტ ოქტომბერი|ნოე ნოემბერი|დეკ დეკემბერი"
    ),
}
"""By language: the months from January on, forms of one with blanks between."""
WEEKDAYS_ABROAD = {
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "de": "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "it": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "pt": (
        "segunda-feira segunda|terça-feira terça|quarta-feira quarta|quinta-feira quinta|sexta-feira sexta|sábado"
        "|domingo"
    ),
    "nl": "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
    "pl": (
        "poniedziałek poniedzialek|wtorek|środa sroda środę srode|czwartek|piątek piatek|sobota sobotę sobote"
        "|niedz niedziela niedzielę niedziele"
    ),
    "cs": "pondělí|úterý|středa středu středy|čtvrtek|pátek pátku|sobota sobotu soboty|neděle neděli",
    "sk": "pondelok|utorok|streda stredu|štvrtok|piatok|sobota sobotu|nedeľa nedeľu",
    "sl": "ponedeljek|torek|sreda|četrtek|petek|sobota|nedelja",
    "hr": "ponedjeljak|utorak|srijeda|četvrtak|petak|subota|nedjelja",
    "hu": "hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap",
    "ro": "luni|marți|miercuri||vineri|sâmbătă|duminică",
    "sv": "måndag månd|tisdag tisd|onsdag onsd|tors torsdag torsd|fredag fred|lördag lörd|söndag sönd",
    "da": "mandag|tirs tirsdag|onsdag|tors torsdag|fredag|lørdag|søndag",
    "nb": "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag",
    "fi": (
        "maanantai maanantaina|tiistai tiistaina|keskiviikko keskiviikkona|torstai torstaina"
        "|perjantai perjantaina|lauantai lauantaina|sunnuntai sunnuntaina"
    ),
    "et": "esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev",
    "lv": (
        "pirmd pirmdiena|otrd otrdiena|trešd trešdiena|ceturtd ceturtdiena|piektd piektdiena|sestd sestdiena"
        "|svētd svētdiena"
    ),
    "lt": "pirmadienis|antradienis|trečiadienis|ketvirtadienis|penktadienis|šeštadienis|sekmadienis",
    "tr": "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar",
    "id": "senin|selasa|rabu|kamis|jumat|sabtu|minggu ahad",
    "ca": "dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge",
    "sq": "||||||",
    "is": "mánudagur|þriðjudagur|miðvikudagur|fimmtudagur|föstudagur|laugardagur|sunnudagur",
    "eu": "astelehena|asteartea|asteazkena|osteguna|ostirala|larunbata|igandea",
    "gl": "luns|martes|mércores|xoves|venres|sábado|domingo",
    "ga": "luan|máirt|céad|déar déardaoin|aoine|sath|domh",
    "ru": "понедельник|вторник|среда среду|четверг|пятница пятницу|суббота субботу|воскресенье воскресение",
    "uk": (
        "понеділок понед|вівторок вівтор|середа середу серед|четвер|п'ятницю п'ятниця|субота суботу субот"
        "|неділю неділя неділ"
    ),
    "bg": "понеделник|вторник|сряда|четвъртък|петък|събота|неделя",
    "be": "панядзелак|аўторак|серада|чацвер|пятніца|субота|нядзеля",
    "mk": "понеделник|вторник|среда|четврток|петок|сабота|недела",
    "sr": "понедељак|уторак|среда|четвртак|петак|субота|недеља",
    "el": "δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή",
    "ar": "الاثنين الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة الجمعه|السبت|الأحد",
    "fa": "دوشنبه|سهشنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|یکشنبه",
    "he": "|שלישי|רביעי|חמישי|שישי||ראשון",
    "hi": "सोमवार|मंगल मंगलवार|बुधवार|गुरु गुरुवार|शुक्र शुक्रवार|शनिवार|रविवार",
    "hy": "երկուշաբթի|երեքշաբթի|չորեքշաբթի|հինգշաբթի|ուրբաթ|շաբաթ|կիրակի",
    "ka": "ორშაბათი|სამშაბათი|ოთხშაბათი|ხუთშაბათი|პარასკევი|შაბათი|კვირა",
}
"""By language: the weekdays from Monday on."""
