#include "drivers/reader/grammar.hpp"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/core/equipment_number.hpp"
#include "tests/drivers/reader/written.hpp"

namespace reader {
namespace {

std::string some_code() {
  const std::string owner =
      *rc::gen::container<std::string>(3, rc::gen::inRange('A', static_cast<char>('Z' + 1)));
  const std::string digits =
      *rc::gen::container<std::string>(6, rc::gen::inRange('0', static_cast<char>('9' + 1)));
  const std::string ten = owner + *rc::gen::element('U', 'J', 'Z') + digits;
  return ten + std::to_string(*core::check_digit(ten));
}

RC_GTEST_PROP(Grammar, ACodeWrittenClearlyIsReadBack, ()) {
  const std::string code = some_code();
  const std::vector<Hypothesis> found = decode(written(code, 0.9F), container_grammar(), 5);
  RC_ASSERT(!found.empty());
  RC_ASSERT(found[0].text == code);
}

RC_GTEST_PROP(Grammar, EveryTextFoundObeysTheGrammar, ()) {
  Columns columns = written(some_code(), 0.3F);
  for (auto& column : columns) {
    std::array<float, classes> scores{};
    for (float& score : scores) score = static_cast<float>(*rc::gen::inRange(-30, 30)) / 10;
    column = log_softmax(scores);
  }
  for (const Hypothesis& found : decode(columns, container_grammar(), 30))
    RC_ASSERT(core::form_of(found.text) != core::CodeForm::malformed);
}

RC_GTEST_PROP(Grammar, LetterLookalikesInDigitsAreReadAsDigits, ()) {
  std::string code = some_code();
  std::string seen = code;
  for (std::size_t i = 4; i < 11; ++i) {
    const std::size_t twin = std::string("01852").find(code[i]);
    if (twin != std::string::npos) seen[i] = std::string("OIBSZ")[twin];
  }
  Columns columns = written(seen, 0.8F);
  for (std::size_t i = 4; i < 11; ++i)
    if (seen[i] != code[i]) blur(columns, i, code[i], 0.3F);
  RC_ASSERT(decode(columns, container_grammar(), 1).at(0).text == code);
}

RC_GTEST_PROP(Grammar, TheSearchAgreesWithTheExactLikelihood, ()) {
  const std::string code = some_code();
  const Columns columns = written(code, 0.95F);
  const Hypothesis best = decode(columns, container_grammar(), 1).at(0);
  RC_ASSERT(std::abs(best.log_probability - Odds(columns).log_likelihood(code)) < 0.05F);
}

TEST(Grammar, RepeatedLettersNeedABlankBetweenThem) {
  EXPECT_EQ(decode(written("AAAU0000000", 0.9F), container_grammar(), 1).at(0).text, "AAAU0000000");
}

TEST(Grammar, NoColumnsSayNothing) {
  EXPECT_TRUE(decode({}, container_grammar(), 3).empty());
  EXPECT_TRUE(likeliest_letters({}).empty());
}

TEST(Grammar, ASizeTypeHasItsOwnGrammar) {
  EXPECT_EQ(decode(written("22GI", 0.6F), size_type_grammar(), 1).at(0).text.substr(0, 3), "22G");
  EXPECT_EQ(decode(written("L5G1", 0.9F), size_type_grammar(), 1).at(0).text, "L5G1");
}

TEST(Columns, ProbabilitiesAddUpToOne) {
  std::array<float, classes> scores{};
  scores[3] = 4;
  double sum = 0;
  for (const float log : log_softmax(scores)) sum += std::exp(log);
  EXPECT_NEAR(sum, 1, 1e-4);
}

TEST(Columns, TheLikeliestPathIsAnUpperBoundOfEveryPath) {
  const Columns columns = written("MSKU9070323", 0.99F);
  EXPECT_LE(Odds(columns).log_likelihood("MSKU9070323"), Odds(columns).likeliest_path() + 1);
  EXPECT_LT(Odds(columns).log_likelihood("MSKU9070329"), Odds(columns).log_likelihood("MSKU9070323"));
}

float likelihood_of(const Columns& columns, const std::string& text) {
  return Odds(columns).log_likelihood(text);
}

TEST(Columns, AStrayIsPaidForWhereItIsNeededAndFreeWhereItIsNot) {
  const Columns clean = written("RK346AL", 0.99F);
  const Columns with_emblem = written("RKE346AL", 0.99F);
  const Columns with_ends = written("HRK346ALI", 0.99F);
  EXPECT_NEAR(likelihood_of(clean, "?RK?346AL?"), likelihood_of(clean, "RK346AL"), 0.2F);
  EXPECT_NEAR(likelihood_of(with_emblem, "RK?346AL"), likelihood_of(with_emblem, "RKE346AL") - stray_price,
              0.2F);
  EXPECT_LT(likelihood_of(with_emblem, "RK346AL"), likelihood_of(with_emblem, "RK?346AL") - 3);
  EXPECT_NEAR(likelihood_of(with_ends, "?RK346AL?"), likelihood_of(with_ends, "HRK346ALI") - 2 * stray_price,
              0.2F);
  EXPECT_LT(likelihood_of(with_emblem, "?RK346AL?"), likelihood_of(with_emblem, "RK?346AL") - 3)
      << "only where it may stand";
}

TEST(Columns, ATextOfNothingIsAStripOfBlanks) {
  EXPECT_LT(likelihood_of(written("A", 0.99F), ""), -3);
  EXPECT_EQ(likelihood_of({}, ""), 0);
}

}  // namespace
}  // namespace reader
