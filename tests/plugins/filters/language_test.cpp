// The component `language`, and how it tells languages. The sentences were written for this test.
#include "plugins/filters/language.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/filters/refusal.hpp"

namespace gleaner::filters {
namespace {

namespace kit = gleaner::testkit;

struct Sentence {
  std::string_view code, text;
};
constexpr Sentence kSentences[] = {
    {"en", "We show that the method is faster than earlier ones and that it does not need labelled data."},
    {"en", "Attention Is All You Need"},
    {"de",
     "Wir untersuchen die Ausbreitung von Wellen in geschichteten Medien und zeigen, dass die "
     "Lösung stabil ist."},
    {"de", "Über die Anwendung neuronaler Netze auf die Vorhersage von Wetterdaten"},
    {"fr",
     "Nous proposons une nouvelle méthode pour l'apprentissage des réseaux de neurones profond"
     "s, qui est plus rapide que les méthodes existantes."},
    {"fr", "Étude de la convergence des schémas numériques pour les équations de transport"},
    {"es",
     "En este trabajo se presenta un método para el análisis de imágenes médicas que mejora lo"
     "s resultados de los métodos actuales."},
    {"es", "Análisis de la evolución de los precios de la vivienda en España"},
    {"pt",
     "Neste trabalho apresentamos um método para a análise de imagens médicas que não depende "
     "de dados anotados."},
    {"pt", "Uma avaliação da qualidade da água no rio Tejo"},
    {"it",
     "In questo lavoro si presenta un metodo per l'analisi delle immagini che non richiede dat"
     "i annotati e che è più veloce."},
    {"it", "Sulla stabilità delle soluzioni di una classe di equazioni differenziali"},
    {"nl",
     "In dit onderzoek laten wij zien dat het model niet alleen sneller is maar ook beter pres"
     "teert op de gegevens van het ziekenhuis."},
    {"nl", "De invloed van het klimaat op de waterkwaliteit in Nederland"},
    {"sv", "Vi visar att metoden är snabbare än de tidigare och att den inte kräver märkta data."},
    {"sv", "En studie av hur barn lär sig läsa och skriva i skolan"},
    {"pl",
     "W pracy przedstawiono metodę, która pozwala na szybkie rozwiązanie równań oraz nie wymag"
     "a danych."},
    {"pl", "Analiza stabilności rozwiązań równań różniczkowych oraz ich zastosowania"},
    {"tr",
     "Bu çalışmada görüntü işleme için yeni bir yöntem önerilmiş ve sonuçlar daha önceki yönte"
     "mler ile karşılaştırılmıştır."},
    {"tr", "Türkiye'de eğitim ve öğretim sürecinin çok yönlü bir incelemesi"},
    {"ru",
     "В работе рассматривается метод решения уравнений, который не требует больших вычислений "
     "и может быть использован для анализа данных."},
    {"ru", "О некоторых свойствах решений дифференциальных уравнений"},
    {"uk",
     "У роботі розглянуто метод розв'язання рівнянь, який не потребує великих обчислень і може"
     " бути використаний для аналізу даних."},
    {"uk", "Дослідження властивостей розв'язків диференціальних рівнянь та їх застосування"},
    {"zh", "本文提出了一种基于注意力机制的图像分类方法,并在三个数据集上进行了实验。"},
    {"ja", "本研究では、注意機構に基づく画像分類の手法を提案し、三つのデータセットで評価した。"},
    {"ko", "본 논문에서는 주의 메커니즘에 기반한 이미지 분류 방법을 제안하고 세 가지 데이터로 평가한다."},
    {"ar", "تقدم هذه الورقة طريقة جديدة لتصنيف الصور باستخدام الشبكات العصبية العميقة"},
    {"da",
     "Vi viser, at metoden er hurtigere end de tidligere, og at den ikke kræver mærkede data f"
     "ra brugerne."},
    {"da",
     "Vi undersøker hvordan barn lærer å lese og skrive, og om det er forskjeller mellom skole"
     "ne i Norge."},
    {"fi",
     "Tässä työssä esitetään menetelmä, joka on nopeampi kuin aiemmat ja joka ei vaadi suuria "
     "aineistoja."},
    {"cs",
     "V práci je představena metoda, která je rychlejší než předchozí a která nevyžaduje velké"
     " množství dat."},
    {"hu",
     "A dolgozatban egy új módszert mutatunk be, amely gyorsabb és nem igényel sok adatot, hog"
     "y a képeket osztályozza."},
    {"ro",
     "În această lucrare prezentăm o metodă nouă pentru clasificarea imaginilor care nu are ne"
     "voie de date adnotate și este mai rapidă."},
    {"ca",
     "En aquest treball presentem un mètode nou per a la classificació d'imatges que és més rà"
     "pid que els mètodes existents."},
    {"id",
     "Penelitian ini bertujuan untuk mengetahui pengaruh metode pembelajaran yang digunakan da"
     "lam kelas dan hasil belajar siswa."},
    {"bg",
     "В тази работа се предлага метод за класификация на изображения, който е по-бърз от същес"
     "твуващите и не изисква данни."},
    {"sr",
     "У овом раду је представљена метода која је бржа од постојећих и не захтева велике количи"
     "не података за обуку."}};

TEST(LanguageGuess, KnowsTheLanguagesItTells) {
  const LanguageGuess guess;
  for (const auto& [code, text] : kSentences) {
    EXPECT_EQ(code_of(guess.guess("", text)), code) << text;
    EXPECT_EQ(code_of(guess.guess(text, "")), code) << text;
  }
}

TEST(LanguageGuess, TakesNoPersianForArabicAndNoGreekForAnything) {
  const LanguageGuess guess;
  EXPECT_EQ(
      guess.guess(
          "در این مقاله یک روش جدید برای تصاویر ارائه می‌شود که "
          "کارایی "
          "بهتری "
          "دارد",
          ""),
      Tongue::another_script);
  EXPECT_EQ(guess.guess("Μια νέα μέθοδος για την ταξινόμηση εικόνων", ""), Tongue::another_script);
}

TEST(LanguageGuess, SaysSoWhereItCannotTell) {
  const LanguageGuess guess;
  for (const char* title : {"", "0", "BERT", "GPT-4", "Schrödinger Bridge Matching", "!?", "\xFF\xFE"})
    EXPECT_EQ(guess.guess(title, ""), Tongue::unknown) << title;
  EXPECT_EQ(guess.guess("The waves in the layers of the ice and of the sea",
                        "Die Wellen in den Schichten des Eises auf dem Meer und für die Küste"),
            Tongue::unknown);
}

TEST(LanguageGuess, IsNotMisledByNamesAndFormulas) {
  const LanguageGuess guess;
  EXPECT_EQ(guess.guess("On the Gauß–Krüger projection of Erdős–Rényi graphs and the Poincaré ball", ""),
            Tongue::en);
  EXPECT_EQ(
      guess.guess("The bound $x_{de la} \\und der die das$ is of \\textbf{order} $\\mathcal{O}(n)$", ""),
      Tongue::en);
  EXPECT_EQ(guess.guess("They cost $5 and are for the poor", ""), Tongue::en);
  EXPECT_EQ(guess.guess("注意力机制的研究综述：基于 BERT 与 GPT 的方法", ""), Tongue::zh);
}

// Abstracts of a real day, all of them English.
TEST(LanguageGuess, TakesEveryAbstractOfAnEnglishFeedForEnglish) {
  const std::filesystem::path feed =
      std::filesystem::path(GLEANER_SHARED_DIR) / "samples/rss_emanuelealiverti_test.xml";
  if (!std::filesystem::exists(feed)) GTEST_SKIP() << "there is no " << feed;
  std::ifstream file(feed, std::ios::binary);
  const std::string xml{std::istreambuf_iterator<char>(file), {}};
  const LanguageGuess guess;
  int count = 0;
  for (std::size_t at = xml.find("<item>"); at != std::string::npos; at = xml.find("<item>", at + 1)) {
    const std::size_t begin = xml.find("Abstract:", at);
    const std::size_t end = xml.find("</description>", begin);
    if (end == std::string::npos) break;
    const std::string abstract = xml.substr(begin, end - begin);
    EXPECT_EQ(guess.guess("", abstract), Tongue::en) << abstract;
    ++count;
  }
  EXPECT_EQ(count, 123);
}

std::string of_text(const kit::Settings& settings, const std::string& title,
                    const std::string& abstract = {}) {
  kit::FakeHost host;
  auto filter = kit::make<Language>(host, settings);
  const auto judged = filter.judge({kit::paper("2603.00001", title, abstract)});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(judged.violations, ::testing::IsEmpty());
  return judged.papers.at(0).reason;
}

const std::string kFrench = "Étude de la convergence des schémas numériques pour les équations de transport";

TEST(Language, KeepsEnglishByDefault) {
  EXPECT_EQ(of_text({}, "Attention Is All You Need"), "");
  EXPECT_EQ(of_text({}, kFrench), "language fr");
  EXPECT_EQ(of_text({}, "Μια νέα μέθοδος για την ταξινόμηση εικόνων"), "language of another script");
}

TEST(Language, KeepsTheLanguagesAskedFor) {
  const kit::Settings french = {{"languages", kit::list("de", "fr")}};
  EXPECT_EQ(of_text(french, kFrench), "");
  EXPECT_EQ(of_text(french, "Attention Is All You Need"), "language en");
}

TEST(Language, JudgesTitleAndAbstractTogether) {
  EXPECT_EQ(
      of_text({}, "Über Wellen und das Eis",
              "We study waves in layers of ice and show that they are stable in the limit of a thin layer, "
              "which is what has been measured at sea."),
      "");
}

TEST(Language, KeepsWhatItCannotTellUnlessToldOtherwise) {
  EXPECT_EQ(of_text({}, "BERT"), "");
  EXPECT_EQ(of_text({{"unknown", "drop"}}, "BERT"), "language unknown");
}

TEST(LanguageOptions, AtLeastOneIsKept) {
  const Error error = refusal<Language>({{"languages", kit::list()}});
  EXPECT_EQ(error.option(), "/languages");
  EXPECT_STREQ(error.what(), "`languages` is empty: give at least one, as \"en\".");
}

TEST(LanguageOptions, EachIsOneItKnows) {
  EXPECT_THROW(refusal<Language>({{"languages", kit::list("en", "tlh")}}), kit::BadSettings);
  for (const char* code :
       {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "tr", "ru", "uk", "zh", "ja", "ko", "ar"})
    EXPECT_EQ(refusal<Language>({{"languages", kit::list(code)}}).status(), GLEANER_OK) << code;
}

TEST(LanguageDescriptor, SaysThatItMayRunOnSeveralThreads) {
  EXPECT_NE(kit::descriptor<Language>().capabilities & GLEANER_CONCURRENT, 0u);
}

}  // namespace
}  // namespace gleaner::filters
