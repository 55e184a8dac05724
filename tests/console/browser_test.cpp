#include "tests/console/browser.hpp"

#include "tests/console/scene.hpp"

namespace console_test {
namespace {

class ConsolePage : public House {
 protected:
  void SetUp() override {
    if (Browser::program().empty()) GTEST_SKIP() << "no Chromium here (Debian: chromium-headless-shell)";
    set_scene(*this, "");
    console::Limits limits;
    limits.heartbeat = std::chrono::milliseconds(100);
    start(limits);
    browser.emplace();
    browser->resize(1400, 900);
  }

  void TearDown() override {
    if (!browser) return;
    for (const std::string& complaint : browser->complaints()) {
      const bool meant = !expected.empty() && complaint.find(expected) != std::string::npos;
      EXPECT_TRUE(meant) << "the page complained: " << complaint;
    }
    for (const std::string& request : browser->requests()) {
      EXPECT_TRUE(request.starts_with(url()) || request == "about:blank") << request;
    }
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

  static std::string text_of(const std::string& lane) {
    return "document.getElementById('lane-" + lane + "')?.innerText";
  }

  void sign_in(const char* with) {
    browser->evaluate("document.querySelector('#token').value = '" + std::string(with) +
                      "', document.querySelector('#sign-in form').requestSubmit()");
  }

  std::optional<Browser> browser;
  std::string expected;  // in a complaint that the test provokes
};

TEST_F(ConsolePage, ShowsEveryLaneInWordsWithItsReasonsAndWhomToCall) {
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelectorAll('.lane').length === 3"));
  const std::string lane = browser->evaluate(text_of("out-1"));
  for (const char* words :
       {"You decide", "2BDX719", "CSQU 305438 8", "**12", "Arm closed", "Red", "Operator desk",
        "Two persons to override", "check digit wrong", "Camera left", "picture not used", "defocused"}) {
    EXPECT_NE(lane.find(words), std::string::npos) << words << "\n" << lane;
  }
  EXPECT_NE(browser->evaluate(text_of("in-2")).find("Customs desk"), std::string::npos);
  EXPECT_TRUE(browser->wait_for("document.querySelectorAll('#passages tr').length >= 6"));
  EXPECT_TRUE(browser->wait_for(
      "[...document.querySelectorAll('#lanes img')].every((image) => image.naturalWidth > 0)"));
}

TEST_F(ConsolePage, FollowsTheLanesAsTheyChange) {
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelectorAll('.lane').length === 3"));
  board.show(idle_lane("in-1"));
  EXPECT_TRUE(browser->wait_for(text_of("in-1") + ".includes('Nobody on the lane')"));
  board.show(referred_lane("in-1"));
  EXPECT_TRUE(browser->wait_for(text_of("in-1") + ".includes('You decide')"));
  EXPECT_TRUE(browser->wait_for("document.querySelector('#news').textContent.includes('in-1')"));
}

TEST_F(ConsolePage, SaysWhatIsMissingOnlyOnceTheTruckIsRead) {
  ports::LaneView view = referred_lane("in-1");
  view.state = core::State::gathering;
  board.show(view);
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelectorAll('.lane').length === 3"));
  EXPECT_EQ(browser->evaluate("document.querySelectorAll('#lane-in-1 .why').length"), "0");
  view.state = core::State::referred;
  board.show(view);
  EXPECT_TRUE(browser->wait_for("document.querySelectorAll('#lane-in-1 .why').length === 1"));
}

TEST_F(ConsolePage, ACorrectionByOneClickReachesTheDesk) {
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelector('#lane-out-1 .choose button')"));
  browser->evaluate("document.querySelector('[aria-label=\"It is CSQU3054383\"]').click()");
  ASSERT_TRUE(browser->wait_for("document.querySelector('#sign-in').open"));
  expected = "status of 401";
  sign_in("operator-token-9999");
  browser->wait_for("!document.querySelector('#sign-in .wrong').hidden");
  EXPECT_TRUE(desk.asked().empty());
  sign_in(operator_token);
  ASSERT_TRUE(browser->wait_for("document.querySelector('#notice').textContent.includes('done')"));
  ASSERT_EQ(desk.asked().size(), 1U);
  const core::OperatorDecision decision = desk.asked().front();
  EXPECT_EQ(decision.action, core::OperatorAction::correct);
  EXPECT_EQ(decision.container, "CSQU3054383");
  EXPECT_EQ(decision.replaces, "CSQU3054388");
  EXPECT_EQ(decision.by, "ann");
  EXPECT_EQ(decision.revision, 7);
}

TEST_F(ConsolePage, AGrantNamesItsReasonAndWaitsForTheSecondPerson) {
  desk.answer(core::DecisionAnswer::second_person_needed);
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelector('#lane-out-1 [data-key=grant]')"));
  browser->evaluate("document.querySelector('#lane-out-1 [data-key=grant]').click()");
  sign_in(operator_token);
  ASSERT_TRUE(browser->wait_for("document.querySelector('#decide').open"));
  EXPECT_NE(browser->evaluate("document.querySelector('#decide').innerText").find("two persons"),
            std::string::npos);
  browser->evaluate(
      "document.querySelector('#reason').value = 'documents_checked', "
      "document.querySelector('#words').value = 'Seal \"42\" seen', "
      "document.querySelector('#decide form').requestSubmit()");
  ASSERT_TRUE(browser->wait_for("document.querySelector('#notice').textContent.includes('second person')"));
  ASSERT_EQ(desk.asked().size(), 1U);
  EXPECT_EQ(desk.asked()[0].reason, core::OverrideReason::documents_checked);
  EXPECT_EQ(desk.asked()[0].text, "Seal \"42\" seen");
}

TEST_F(ConsolePage, ShowsWhatAnOutageLeftUntilSomebodyHasDealtWithIt) {
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelectorAll('#findings li').length === 2"));
  EXPECT_NE(browser->evaluate("document.querySelector('#found').innerText").find("the right was revoked"),
            std::string::npos);
  for (const char* left : {"1", "0"}) {
    browser->evaluate("document.querySelector('#findings button').click()");
    if (left[0] == '1') sign_in(operator_token);
    ASSERT_TRUE(browser->wait_for("document.querySelector('#decide').open"));
    browser->evaluate("document.querySelector('#decide form').requestSubmit()");
    ASSERT_TRUE(browser->wait_for("!document.querySelector('#decide').open"));
    ASSERT_TRUE(
        browser->wait_for("document.querySelectorAll('#findings li').length === " + std::string(left)));
  }
  EXPECT_TRUE(browser->wait_for("document.querySelector('#found').hidden"));
  EXPECT_EQ(backlog.settled().size(), 2U);
}

TEST_F(ConsolePage, ShowsWhatComesFromALaneAsTextAlone) {
  ports::LaneView view = referred_lane("in-1");
  view.trouble = "<img src=x onerror=alert(1)><script>document.title='owned'</script>";
  view.passage.plate = "<b>1</b>";
  board.show(view);
  browser->open(url() + "/");
  ASSERT_TRUE(browser->wait_for("document.querySelectorAll('.lane').length === 3"));
  EXPECT_TRUE(browser->wait_for(text_of("in-1") + ".includes('<img src=x')"));
  EXPECT_EQ(browser->evaluate("document.title.includes('owned')"), "false");
}

TEST_F(ConsolePage, TheDriversDisplayFollowsItsLaneInTheDriversLanguage) {
  browser->open(url() + "/driver/in-2");
  ASSERT_TRUE(browser->wait_for("document.body?.className === 'phone'"));
  EXPECT_NE(browser->evaluate("document.querySelector('#lines').innerText").find("nicht vom Zoll frei"),
            std::string::npos);
  board.show(idle_lane("in-2"));
  EXPECT_TRUE(browser->wait_for("document.querySelectorAll('#lines p').length === 4"));
}

}  // namespace
}  // namespace console_test
