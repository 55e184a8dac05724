#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <nlohmann/json.hpp>

#include "gate/console/driver_texts.hpp"
#include "gate/console/driver_view.hpp"
#include "tests/console/house.hpp"

namespace console_test {
namespace {

using console::DriverText;
using nlohmann::json;

template <class Enum, class Each>
void for_each_value(Each each) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&each](auto entry) { each(entry.value, entry.name); });
}

void expect_whole(const DriverText& text, const char* name) {
  for (std::size_t i = 0; i < text.texts.size(); ++i) {
    EXPECT_FALSE(text.texts[i].empty()) << name << " has no text in " << console::driver_languages[i];
    EXPECT_LE(text.texts[i].size(), 90U)
        << name << " is too long for the display in " << console::driver_languages[i];
    for (std::size_t other = 0; other < i; ++other) {
      EXPECT_NE(text.texts[i], text.texts[other]) << name << " is not translated";
    }
  }
}

TEST(DriverTexts, EveryReasonFollowUpPromptAndStateHasATextInEveryLanguage) {
  for_each_value<core::Reason>(
      [](auto value, const char* name) { expect_whole(console::driver_text(value), name); });
  for_each_value<core::FollowUp>(
      [](auto value, const char* name) { expect_whole(console::driver_text(value), name); });
  for_each_value<core::Prompt>(
      [](auto value, const char* name) { expect_whole(console::driver_text(value), name); });
  for_each_value<core::State>(
      [](auto value, const char* name) { expect_whole(console::driver_text(value), name); });
}

TEST(DriverTexts, EnglishSaysWhatTheRulesSay) {
  for (const core::ReasonFacts& facts : core::all_reasons()) {
    EXPECT_EQ(console::driver_text(facts.reason).texts[2], facts.driver_text);
  }
}

TEST(DriverTexts, ABanAndAHoldLookLikeAnyOtherWait) {
  for (const core::Reason reason : {core::Reason::banned, core::Reason::held}) {
    EXPECT_EQ(console::driver_text(reason).pictogram, console::Pictogram::wait);
    EXPECT_EQ(console::driver_text(reason).texts[2], "Please wait here. Staff will come to you.");
  }
}

json shown(const ports::LaneView& view) { return json::parse(console::display_text(view)); }

TEST(DriverDisplay, SpeaksTheDriversLanguageAloneWhereItIsKnown) {
  const json display = shown(referred_lane("out-1"));
  ASSERT_EQ(display["lines"].size(), 1U);
  EXPECT_EQ(display["lines"][0]["language"], "nl");
  EXPECT_EQ(display["lines"][0]["text"], "Even geduld. Een medewerker bekijkt het.");
  EXPECT_EQ(display["pictogram"], "wait");
}

TEST(DriverDisplay, SpeaksEveryLanguageWhereTheDriversIsUnknown) {
  ports::LaneView view = idle_lane("in-1");
  EXPECT_EQ(shown(view)["lines"].size(), 4U);
  view.language = "xx";
  EXPECT_EQ(shown(view)["lines"].size(), 4U);
}

TEST(DriverDisplay, AsksForTheBadgeBeforeItSaysAnythingElse) {
  ports::LaneView view = referred_lane("in-1");
  view.state = core::State::gathering;
  view.prompts = {core::Prompt::present_badge};
  EXPECT_EQ(shown(view)["pictogram"], "badge");
}

TEST(DriverDisplay, TellsTheFollowUpWhileTheTruckIsLetGo) {
  ports::LaneView view = referred_lane("out-1");
  view.state = core::State::open;
  view.driver_reason = "scan";
  EXPECT_EQ(shown(view)["pictogram"], "follow");
  view.driver_reason = "";
  EXPECT_EQ(shown(view)["pictogram"], "go");
}

TEST(DriverDisplay, AsksToLeaveOnceAnOperatorHasRefused) {
  ports::LaneView view = referred_lane("out-1");
  view.state = core::State::refused;
  EXPECT_EQ(shown(view)["pictogram"], "wait")
      << "a ban reads like this: nobody has decided, and nothing is told";
  view.passage.operators = {"ann"};
  EXPECT_EQ(shown(view)["pictogram"], "stop");
  view.driver_reason = "customs_red";
  EXPECT_EQ(shown(view)["pictogram"], "phone");
}

TEST(DriverDisplay, ShowsWhenToComeBackAndNothingElseOfTheText) {
  ports::LaneView view = referred_lane("in-1");
  view.state = core::State::refused;
  view.driver_reason = "slot_too_early";
  view.driver_text = "SECRET Please come back at 14:15. SECRET";
  EXPECT_EQ(shown(view)["time"], "14:15");
  view.driver_text = "come back at 99:99 or 12:34:56";
  EXPECT_FALSE(shown(view).contains("time"));
}

class DriverStream : public House {};

TEST_F(DriverStream, CarriesNothingConfidential) {
  using core::State;
  const std::string secret = "CONFIDENTIAL";
  std::string all;
  board.show(idle_lane("in-1"));
  start();
  Wire wire(port());
  wire.send(request_text(port(), "GET /api/driver/in-1/live"));
  all += wire.read_until("Rijd tot aan de streep") + wire.read_until("\n\n");
  int revision = 0;
  for (const State state : {State::gathering, State::recording, State::opening, State::open, State::passing,
                            State::closing, State::referred, State::refused, State::faulted}) {
    for (const char* reason : {"banned", "driver_other", "mode_restricted", "scan", "CONFIDENTIAL"}) {
      ports::LaneView view = referred_lane("in-1");
      view.state = state;
      view.revision = ++revision;
      view.driver_reason = reason;
      for (std::string* field :
           {&view.trouble, &view.driver_text, &view.language, &view.passage.id, &view.passage.plate,
            &view.passage.driver_mask, &view.passage.tar, &view.passage.operator_reason}) {
        *field = secret;
      }
      view.passage.containers = {secret};
      view.passage.operators = {secret};
      view.passage.visit = secret;
      view.passage.pictures = {{secret, secret}};
      view.proposed_by = secret;
      view.reads[0].code = view.plates[0].plate = view.plates[0].raw = secret;
      view.reads[0].alternatives = {secret};
      view.checks[0].job = secret;
      board.show(view);
      ask(port(), "GET /healthz");
    }
  }
  ports::LaneView last = referred_lane("in-1");
  last.state = State::open;
  last.driver_reason = "transhipment";
  board.show(last);
  all += wire.read_until("in overlading");
  EXPECT_TRUE(all.ends_with("in overlading"));
  EXPECT_GT(all.size(), 1000U);
  EXPECT_EQ(all.find(secret), std::string::npos) << all;
  for (const char* word :
       {"banned", "driver_other", "restricted", "01KAE", "1ABC123", "CSQU", "**12", "TAR77"}) {
    EXPECT_EQ(all.find(word), std::string::npos) << word;
  }
}

TEST_F(DriverStream, HearsOfItsOwnLaneAlone) {
  board.show(idle_lane("in-1"));
  board.show(idle_lane("in-2"));
  start();
  Wire wire(port());
  wire.send(request_text(port(), "GET /api/driver/in-1/live"));
  wire.read_until("Rijd tot aan de streep");
  ports::LaneView other = referred_lane("in-2");
  board.show(other);
  ports::LaneView own = referred_lane("in-1");
  own.state = core::State::open;
  own.driver_reason = "";
  board.show(own);
  const std::string read = wire.read_until("Rijd door");
  EXPECT_NE(read.find("Rijd door"), std::string::npos);
  EXPECT_EQ(read.find("Even geduld"), std::string::npos);
}

}  // namespace
}  // namespace console_test
