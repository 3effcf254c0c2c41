// SPDX-License-Identifier: Apache-2.0
// The commonest little words, endings and letters of each language, written down from general knowledge of
// them.
#include "plugins/filters/core/language_guess.hpp"

namespace gleaner::filters {
namespace {

constexpr TongueMarks kMarks[] = {
    {Tongue::en,
     "the of and to in is that we for are with this on by as be an from which can our or it these have has "
     "was were not at their between using based such than also both but may all you how what when via "
     "towards its while more into through under",
     "ing tion ness ly ed ment ity ical ous", ""},
    {Tongue::de,
     "der die und das den von zu mit des dem ist im für auf ein eine einer eines einem sich nicht werden "
     "wird "
     "als auch bei durch aus oder zur zum sind wir nach über wie dass diese dieser zwischen in an am es "
     "kann hat",
     "ung ungen keit heit isch ische lich liche schaft", "ä ö ü ß"},
    {Tongue::fr,
     "le la les des de du et un une dans pour que qui sur est par avec ce cette ces sont nous au aux ou "
     "en pas se entre leur leurs ont être à il elle",
     "eux euse ique iques ement tion ité ités aux", "é è ê ç à ù œ î"},
    {Tongue::es,
     "el la los las de del en que un una para por con se es al como más sobre entre este esta son su sus lo "
     "no han ha desde también",
     "ción ciones dad dades mente miento ico ica", "ñ ó á í é ú"},
    {Tongue::pt,
     "do da dos das de em um uma para que por com não ao na no nos nas os as se este esta são mais como "
     "sobre "
     "entre foi pela pelo também",
     "ção ções dade dades mente mento ico ica", "ã õ ç á é í ó ê â"},
    {Tongue::it,
     "il la di del della dei delle che un una in per con si sono da dal nel nella alla gli le lo questo "
     "questa come più tra al anche degli è",
     "zione zioni ità mente mento ico ica", "à è ù ò ì"},
    {Tongue::nl,
     "het een van en in is dat op te voor met zijn die niet aan door ook bij uit wordt worden deze naar er "
     "of "
     "we als tot om tussen kan maar de",
     "ing ingen heid lijk lijke eit atie", "ë ï"},
    {Tongue::sv,
     "och att det som en ett är för med den av på till inte om har från de vi kan eller mellan där detta i "
     "denna vid",
     "ningar ningen het liga iska", "å ä ö"},
    {Tongue::pl,
     "się na nie do jest że oraz dla od przez po jak są być który która które tego tym przy lub między ich "
     "to "
     "za ze",
     "owania owanie ości ość acji nych nego ego", "ą ę ł ś ż ź ć ń ó"},
    {Tongue::tr,
     "ve bir bu için ile olarak olan da de daha gibi çok ise ancak kadar olduğu göre arasında tarafından en "
     "üzerinde sonra her",
     "ların lerin ları leri maktadır mektedir ması mesi", "ı ş ğ ç ö ü"},
    {Tongue::ru,
     "и в на с по для что не из от как это при к о а или мы их его также между был были быть является этой "
     "этого",
     "ость ости ение ения ский ской ных ого", "ы э ъ ё"},
    {Tongue::uk,
     "і та в у на з що не для до від як це при або за ми їх його також між був були бути є цієї цього",
     "ість ості ння ський ської них ого", "і ї є ґ"},
    {Tongue::da,
     "og det at en er af som for med den til på et ikke har fra vi kan eller mellem mellom dette ble blev i "
     "de om",
     "ninger hed lige iske", "æ ø å"},
    {Tongue::fi, "ja on että ei se myös kuin sekä tai ovat joka oli voidaan tässä", "ssa ssä sta stä minen",
     "ä ö"},
    {Tongue::cs, "se na je že pro jsou nebo jako které který tato při mezi ale byl bylo od do v z a to za",
     "ování ost ních ého ou", "ě ř ů č ž š ý á í é"},
    {Tongue::hu, "az és hogy nem egy is volt meg között vagy a ez mint csak", "ság ség ban ben nak nek",
     "ő ű ö ü á é"},
    {Tongue::ro, "și în de la cu un o pentru din este care pe sunt mai prin sau între că al ale",
     "ului lor ție ții", "ă ș ț â î"},
    {Tongue::ca, "els les amb per dels que una és com en la de del i aquest aquesta més entre",
     "ció cions itat ment", "ç à è ò ï"},
    {Tongue::id,
     "dan yang di untuk dengan dari pada ini dalam adalah ke tidak atau oleh sebagai antara dapat itu",
     "kan nya an", ""},
    {Tongue::bg, "се са от на за да до чрез е които което която между като това не и в с по",
     "ост ния ето ите ията", "ъ"},
    {Tongue::sr, "је се и у на да за са од као који која које између или није то", "ост ања ање",
     "ј љ њ ћ ђ џ"},
};

}  // namespace

std::span<const TongueMarks> tongue_marks() {
  return kMarks;
}

std::string_view code_of(Tongue tongue) {
  constexpr std::string_view kCodes[] = {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl",
                                         "tr", "ru", "uk", "da", "fi", "cs", "hu", "ro", "ca",
                                         "id", "bg", "sr", "zh", "ja", "ko", "ar", "",   ""};
  return kCodes[static_cast<std::size_t>(tongue)];
}

}  // namespace gleaner::filters
