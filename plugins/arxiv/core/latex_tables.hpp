// What TeX's accents, letters and symbols are in Unicode.
#pragma once

#include <array>
#include <string_view>

namespace gleaner::arxiv {

struct Accent {
  char name;                    // of the TeX command
  std::u32string_view letters;  // pairs: the letter without the accent, the letter with it
};

// The canonical compositions of the Unicode Character Database for the Latin letters, with the doubly
// accented ones of Vietnamese among them ("\'{\^e}").
inline constexpr std::array<Accent, 15> kAccents = {{
    {'`',  // grave
     U"AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ¨῭ÂẦÊỀÔỒÜǛâầêềôồüǜĂẰăằĒḔēḕŌṐ"
     U"ōṑ"},
    {'\'',  // acute
     U"AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsś"
     U"uúwẃyýzź¨΅ÂẤÅǺÆǼÇḈÊẾÏḮÔỐÕṌØǾÜǗâấåǻæǽçḉêếïḯôốõṍøǿüǘĂẮăắĒḖēḗŌṒ"
     U"ōṓŨṸũṹ"},
    {'^',  // circumflex
     U"AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑẠẬạậẸỆẹệ"
     U"ỌỘọộ"},
    {'~',  // tilde
     U"AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹÂẪÊỄÔỖâẫêễôỗĂẴăẵ"},
    {'"',  // diaeresis
     U"AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿÕṎõṏŪṺūṻ"},
    {'=',  // macron
     U"AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳÄǞÆǢÕȬÖȪÜǕäǟæǣõȭöȫüǖ"},
    {'.',  // dot above
     U"AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅ"
     U"oȯpṗrṙsṡtṫwẇxẋyẏzżŚṤśṥŠṦšṧſẛ"},
    {'u',  // breve
     U"AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭẠẶạặ"},
    {'v',  // caron
     U"AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsš"
     U"tťuǔzžÜǙüǚ"},
    {'H',  // double acute
     U"OŐUŰoőuű"},
    {'c',  // cedilla
     U"CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"},
    {'k',  // ogonek
     U"AĄEĘIĮOǪUŲaąeęiįoǫuų"},
    {'r',  // ring
     U"AÅUŮaåuůwẘyẙ"},
    {'d',  // dot below
     U"AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọ"
     U"rṛsṣtṭuụvṿwẉyỵzẓ"},
    {'b',  // line below
     U"BḆDḎKḴLḺNṈRṞTṮZẔbḇdḏhẖkḵlḻnṉrṟtṯzẕ"},
}};

struct Command {
  std::string_view name;
  std::string_view text;
};

// Letters, which swallow the space behind them as TeX does, because they stand within words: "\O stergaard".
inline constexpr std::array<Command, 22> kLetters = {{
    {"aa", "å"}, {"AA", "Å"}, {"ae", "æ"}, {"AE", "Æ"}, {"oe", "œ"}, {"OE", "Œ"}, {"o", "ø"},  {"O", "Ø"},
    {"l", "ł"},  {"L", "Ł"},  {"ss", "ß"}, {"i", "ı"},  {"j", "ȷ"},  {"dh", "ð"}, {"DH", "Ð"}, {"dj", "đ"},
    {"DJ", "Đ"}, {"ng", "ŋ"}, {"NG", "Ŋ"}, {"th", "þ"}, {"TH", "Þ"}, {"SS", "ẞ"},
}};

// Symbols and Greek letters, which stand for words of their own in an abstract and keep the space behind
// them.
inline constexpr std::array<Command, 47> kSymbols = {{
    {"S", "§"},       {"P", "¶"},        {"copyright", "©"},  {"pounds", "£"},   {"dag", "†"},
    {"ddag", "‡"},    {"deg", "°"},      {"alpha", "α"},      {"beta", "β"},     {"gamma", "γ"},
    {"delta", "δ"},   {"epsilon", "ϵ"},  {"varepsilon", "ε"}, {"zeta", "ζ"},     {"eta", "η"},
    {"theta", "θ"},   {"vartheta", "ϑ"}, {"iota", "ι"},       {"kappa", "κ"},    {"lambda", "λ"},
    {"mu", "μ"},      {"nu", "ν"},       {"xi", "ξ"},         {"pi", "π"},       {"varpi", "ϖ"},
    {"rho", "ρ"},     {"varrho", "ϱ"},   {"sigma", "σ"},      {"varsigma", "ς"}, {"tau", "τ"},
    {"upsilon", "υ"}, {"phi", "ϕ"},      {"varphi", "φ"},     {"chi", "χ"},      {"psi", "ψ"},
    {"omega", "ω"},   {"Gamma", "Γ"},    {"Delta", "Δ"},      {"Theta", "Θ"},    {"Lambda", "Λ"},
    {"Xi", "Ξ"},      {"Pi", "Π"},       {"Sigma", "Σ"},      {"Upsilon", "Υ"},  {"Phi", "Φ"},
    {"Psi", "Ψ"},     {"Omega", "Ω"},
}};

}  // namespace gleaner::arxiv
