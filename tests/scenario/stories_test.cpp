// What the first day's script does not tell: operators, time, devices that fail, lanes beside each other.
#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>

#include "tests/scenario/truck.hpp"

namespace scenario {
namespace {

using Story = Terminal;

TEST_F(Story, AGrantedTruckEntersAndLeavesAndItsRightIsUsedOnce) {
  go_in();
  EXPECT_EQ(site->claim("R-1"), ClaimState::claimed);
  EXPECT_EQ(site->events(EventKind::gate_in).size(), 1U);
  come_out();
  ASSERT_TRUE(site->reach(site->out, {State::open}));
  EXPECT_EQ(site->claim("R-1"), ClaimState::claimed) << "not before the passage is proven";
  EXPECT_EQ(site->out.barrier.lamp(), core::Lamp::green);
  site->drive(site->out);
  ASSERT_TRUE(site->reach(site->out, {State::idle}));
  EXPECT_EQ(site->claim("R-1"), ClaimState::used);
  const auto out = site->events(EventKind::gate_out);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].release_id, "R-1");
  EXPECT_EQ(out[0].stay_number, "S-R-1");
  EXPECT_EQ(site->out.barrier.lamp(), core::Lamp::red);
}

TEST_F(Story, TheVerdictComesWithinAMomentOfTheLastPieceOfEvidence) {
  site->in.front.take(std::chrono::milliseconds(120));
  site->in.rear.take(std::chrono::milliseconds(150));
  site->in.eyes.take(std::chrono::milliseconds(250));
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  const auto record = site->record(passage(site->in));
  EXPECT_EQ(record.verdict_ms, 400) << "the cameras work side by side, and nothing waits";
  EXPECT_EQ(site->view(site->in).passage.command_ms, 400);
}

TEST_F(Story, TheVerdictIsOnTheDiskBeforeTheArmMoves) {
  site->stores.disk = core::Error{core::Fault::broken, "no space left"};
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  EXPECT_FALSE(raised(site->in));
  EXPECT_EQ(site->view(site->in).passage.reasons.front(), Reason::record_failed);
  EXPECT_NE(site->view(site->in).trouble.find("no space left"), std::string::npos);
  site->stores.disk.reset();
  site->wait(seconds(5));
  EXPECT_EQ(site->events(EventKind::truck_detected).size(), 1U) << "what happened meanwhile was kept";
  ASSERT_TRUE(site->decide(site->decision(site->in, OperatorAction::grant, "ann")));
  pass(site->in);
  EXPECT_EQ(site->claim("R-1"), ClaimState::claimed);
}

TEST_F(Story, TwoPersonsOverrideAndBothAreOnTheRecord) {
  site->arrive(site->in, truck_in());
  ASSERT_TRUE(site->reach(site->in, {State::referred})) << "no badge, and the time for it is over";
  const std::string id = passage(site->in);
  EXPECT_EQ(site->view(site->in).persons, 2);
  const auto first = site->decide(site->decision(site->in, OperatorAction::grant, "ann"));
  ASSERT_TRUE(first);
  EXPECT_EQ(*first, core::DecisionAnswer::second_person_needed);
  EXPECT_EQ(site->view(site->in).proposed_by, "ann");
  EXPECT_FALSE(site->decide(site->decision(site->in, OperatorAction::grant, "ann")));
  ASSERT_TRUE(site->decide(site->decision(site->in, OperatorAction::grant, "bob")));
  pass(site->in);
  const auto record = site->record(id);
  EXPECT_EQ(record.operators, (std::vector<std::string>{"ann", "bob"}));
  EXPECT_EQ(record.decision, Decision::grant);
  EXPECT_EQ(record.ending, Ending::passed);
  ASSERT_EQ(site->events(EventKind::overridden).size(), 1U);
  EXPECT_EQ(site->events(EventKind::overridden)[0].operators, record.operators);
}

TEST_F(Story, ADecisionOnAStateThatIsGoneIsRefused) {
  site->arrive(site->in, truck_in());
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  const auto old = site->decision(site->in, OperatorAction::grant, "ann");
  site->badge(site->in, badge);  // verified again meanwhile, and granted
  const auto answer = site->decide(old);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().fault, core::Fault::refused);
  core::OperatorDecision elsewhere = old;
  elsewhere.lane = "in-9";
  const auto nowhere = site->decide(elsewhere);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().fault, core::Fault::not_found);
}

TEST_F(Story, AnUnsureReadIsCorrectedVerifiedAgainAndGranted) {
  go_in();
  Look look = truck_out();
  look.boxes = {"MSKU9070328"};
  look.boxes_sure = false;
  site->arrive(site->out, look);
  site->badge(site->out, badge);
  ASSERT_TRUE(site->reach(site->out, {State::referred}));
  auto decision = site->decision(site->out, OperatorAction::correct, "ann");
  decision.container = box;
  decision.replaces = "MSKU9070328";
  const auto answer = site->decide(decision);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(*answer, core::DecisionAnswer::accepted);
  pass(site->out);
  EXPECT_EQ(site->claim("R-1"), ClaimState::used);
  EXPECT_TRUE(site->events(EventKind::overridden).empty());
}

TEST_F(Story, ABadgeHeldToTheReaderBeforeTheTruckCameOpensNothing) {
  site->badge(site->in, badge);
  site->wait(seconds(1));
  site->arrive(site->in, truck_in());
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  EXPECT_FALSE(raised(site->in));
  EXPECT_TRUE(alarmed("note: a read"));
}

TEST_F(Story, AGrantDiesWithTheTruckThatBacksOut) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  EXPECT_EQ(site->claim("R-1"), ClaimState::claimed);
  site->back_out(site->in);
  EXPECT_EQ(site->claim("R-1"), std::nullopt);
  ASSERT_TRUE(site->reach(site->in, {State::idle}));
  EXPECT_TRUE(site->events(EventKind::gate_in).empty());
  site->arrive(site->in, {"2-BHX-915"});
  site->badge(site->in, badge);
  ASSERT_TRUE(site->reach(site->in, {State::open})) << "the right is free for another visit";
}

TEST_F(Story, AGrantThatIsNotUsedDiesAndNeverOpensAgainByItself) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  site->wait(minutes(5));
  EXPECT_EQ(site->state(site->in), State::referred);
  EXPECT_EQ(site->claim("R-1"), std::nullopt);
  EXPECT_EQ(site->in.barrier.signals().closed_limit, Level::on);
  EXPECT_TRUE(alarmed("waited for an operator"));
}

TEST_F(Story, TwoTrucksForOneRightOnlyOneIsLetIn) {
  go_in();
  site->arrive(site->in, {"2-BHX-915"});
  site->badge(site->in, badge);
  ASSERT_TRUE(site->reach(site->in, {State::refused}));
  EXPECT_EQ(site->view(site->in).passage.reasons.front(), Reason::right_claimed);
}

TEST_F(Story, ARightRevokedASecondBeforeTheVerdictIsDenied) {
  site->arrive(site->in, truck_in());
  site->change({syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::revoke, "R-1")});
  site->badge(site->in, badge);
  ASSERT_TRUE(site->reach(site->in, {State::refused}));
  EXPECT_EQ(site->view(site->in).passage.reasons.front(), Reason::right_revoked);
}

TEST_F(Story, ARightRevokedWhileAnOperatorThinksIsNotOverriddenByOnePerson) {
  site->arrive(site->in, {"9-ZZZ-999"});
  site->tar(site->in, "T1");
  site->change({});
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  const auto decision = site->decision(site->in, OperatorAction::grant, "ann");
  site->change({syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::revoke, "R-1")});
  (void)site->decide(decision);
  (void)site->decide(site->decision(site->in, OperatorAction::grant, "bob"));
  site->wait(seconds(5));
  EXPECT_FALSE(raised(site->in));
}

/// The truck's pictures show what they showed, but not all of them are to be believed.
core::Sighting doubtful(std::vector<core::ViewFault> faults) {
  core::Sighting sighting;
  sighting.faults = std::move(faults);
  return sighting;
}

const core::ViewFault front_covered{"front", core::ViewFaultKind::covered, "covered, or thick fog"};
const core::ViewFault rear_frozen{"rear", core::ViewFaultKind::frozen,
                                  "frozen: the same frame as 60 s before"};

class BlindStory : public Story {
 protected:
  /// What is before the exit's cameras was set; people decide, because of the cameras.
  void come_blindly_out() {
    site->out.put(&Signals::presence, true);
    site->settle();
    site->badge(site->out, badge);
    ASSERT_TRUE(site->reach(site->out, {State::open, State::referred}));
    const std::vector<Reason>& reasons = site->view(site->out).passage.reasons;
    EXPECT_EQ(site->state(site->out), State::referred);
    EXPECT_NE(std::find(reasons.begin(), reasons.end(), Reason::camera_failed), reasons.end());
  }
};

TEST_F(BlindStory, ATruckOfWhichNoPictureIsToBeBelievedIsReferredAndTheCamerasAreInTrouble) {
  go_in();
  site->out.front.look_at("picture of nothing");
  site->out.rear.look_at("picture of another truck");
  site->out.eyes.see_next(doubtful({front_covered, rear_frozen}));
  come_blindly_out();
  const ports::LaneView& view = site->view(site->out);
  EXPECT_EQ(view.view_faults.size(), 2U);
  EXPECT_FALSE(view.passage.reading_ms) << "nothing was read, and not nothing was seen";
  EXPECT_NE(view.trouble.find("front: covered"), std::string::npos) << view.trouble;
  EXPECT_TRUE(alarmed("camera 1: front: covered"));
  EXPECT_TRUE(alarmed("camera 2: rear: frozen"));
  EXPECT_FALSE(raised(site->out));
}

TEST_F(Story, AFrozenCameraIsInTroubleUntilItsPictureMovesAgainAndTheOthersDecide) {
  auto seen = doubtful({rear_frozen});
  seen.plates.push_back({core::normalise_plate(plate), plate, "", 980, true, {}});
  site->in.front.look_at("picture of the truck");
  site->in.rear.look_at("picture of another truck");
  site->in.eyes.see_next(seen);
  site->in.put(&Signals::presence, true);
  site->settle();
  site->badge(site->in, badge);
  ASSERT_TRUE(site->reach(site->in, {State::open, State::referred}));
  EXPECT_EQ(site->state(site->in), State::open) << "the plate is read from the front";
  EXPECT_NE(site->view(site->in).trouble.find("camera 2: rear: frozen"), std::string::npos);
  site->drive(site->in);
  ASSERT_TRUE(site->reach(site->in, {State::idle}));
  EXPECT_NE(site->view(site->in).trouble.find("frozen"), std::string::npos) << "nobody has mended it";

  site->arrive(site->in, {"9-ZZZ-999"});
  EXPECT_EQ(site->view(site->in).trouble, "");
}

TEST_F(Story, ARecogniserThatFailsSaysNothingOfACameraInTrouble) {
  site->in.front.look_at("picture of the truck");
  site->in.rear.look_at("picture of another truck");
  for (const core::Result<core::Sighting>& seen :
       {core::Result<core::Sighting>(doubtful({rear_frozen})),
        core::Result<core::Sighting>(core::fail(core::Fault::refused, "too much to read"))}) {
    site->in.eyes.see_next(seen);
    site->in.put(&Signals::presence, true);
    site->wait(seconds(2));
    EXPECT_NE(site->view(site->in).trouble.find("rear: frozen"), std::string::npos)
        << "nobody has looked anew";
    site->in.put(&Signals::presence, false);
    ASSERT_TRUE(site->reach(site->in, {State::idle}));
  }
}

TEST_F(BlindStory, ACameraThatGivesNoPictureLeavesNoTruckTakenForEmpty) {
  go_in();
  site->out.front.look_at("picture of the tractor");
  site->out.rear.look_at(core::fail(core::Fault::broken, "no connection"));
  site->out.eyes.see_next(doubtful({}));
  come_blindly_out();
  const ports::LaneView& view = site->view(site->out);
  ASSERT_EQ(view.view_faults.size(), 1U);
  EXPECT_EQ(view.view_faults[0].camera, "camera 2");
  EXPECT_EQ(view.view_faults[0].kind, core::ViewFaultKind::no_picture);
}

TEST_F(Story, WithoutPicturesTheTruckIsReferred) {
  site->in.front.look_at(core::fail(core::Fault::timeout, "no answer in 2 s"));
  site->in.rear.look_at(core::fail(core::Fault::broken, "no connection"));
  site->in.put(&Signals::presence, true);
  site->settle();
  site->badge(site->in, badge);
  ASSERT_TRUE(site->reach(site->in, {State::open, State::referred}));
  EXPECT_NE(site->view(site->in).trouble.find("camera 1"), std::string::npos);
  EXPECT_TRUE(alarmed("camera 2: no connection"));
}

TEST_F(Story, ARecogniserThatHangsHoldsNobodyForEver) {
  site->in.eyes.take(minutes(10));
  come_in();
  site->tar(site->in, "T1");
  ASSERT_TRUE(site->reach(site->in, {State::open, State::referred}, seconds(15)));
}

TEST_F(Story, ADeadModuleIsRedAndTroubleAndTheOtherLaneGoesOn) {
  site->out.barrier.lose_contacts(true);
  site->wait(seconds(10));
  EXPECT_EQ(site->state(site->out), State::faulted);
  EXPECT_NE(site->view(site->out).trouble.find("contacts"), std::string::npos);
  go_in();
  EXPECT_EQ(site->claim("R-1"), ClaimState::claimed);
  site->out.barrier.lose_contacts(false);
  site->wait(seconds(1));
  EXPECT_EQ(site->state(site->out), State::idle);
  come_out();
  pass(site->out);
  EXPECT_EQ(site->claim("R-1"), ClaimState::used);
}

TEST_F(Story, AnArmThatDoesNotObeyIsReferredAndTheClaimGivenBack) {
  site->in.barrier.fail_commands(core::Error{core::Fault::timeout, "no answer"});
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  EXPECT_EQ(site->claim("R-1"), std::nullopt);
  EXPECT_TRUE(alarmed("raise: no answer"));
}

TEST_F(Story, AnArmThatSticksHalfwayIsAFaultUntilItIsClosedAgain) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::opening}));
  site->wait(seconds(1));
  site->in.barrier.stick(true);
  ASSERT_TRUE(site->reach(site->in, {State::faulted}));
  EXPECT_EQ(site->in.barrier.lamp(), core::Lamp::red);
  site->in.barrier.stick(false);
  ASSERT_TRUE(site->reach(site->in, {State::open})) << "down again, verified again, granted again";
}

TEST_F(Story, UnreadableRecordsReferAndOperatorsCanStillWork) {
  site->stores.unreadable = true;
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  ASSERT_TRUE(site->decide(site->decision(site->in, OperatorAction::grant, "ann")));
  ASSERT_TRUE(site->decide(site->decision(site->in, OperatorAction::grant, "bob")));
  pass(site->in);
}

TEST_F(Story, TheNextTruckWaitsOnTheLoopAndHasItsOwnPassageAndItsOwnTime) {
  come_in();
  const std::string first = passage(site->in);
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  Kit& kit = site->in;
  kit.put(&Signals::safety, true);
  kit.put(&Signals::photocell, true);
  site->wait(seconds(2));
  kit.put(&Signals::passage, true);
  kit.put(&Signals::presence, false);
  site->wait(seconds(2));
  site->show(kit, {"2-BHX-915"});
  kit.put(&Signals::presence, true);
  const auto came = site->clock.now().wall;
  site->wait(seconds(1));
  kit.put(&Signals::safety, false);
  kit.put(&Signals::photocell, false);
  kit.put(&Signals::passage, false);
  ASSERT_TRUE(site->reach(kit, {State::gathering}));
  EXPECT_NE(passage(kit), first);
  EXPECT_EQ(site->view(kit).passage.detected, came);
  EXPECT_EQ(site->record(first).ending, Ending::passed);
}

TEST_F(Story, AnIdleLaneBeats) {
  const auto before = site->in.lane->last_progress();
  site->wait(minutes(1));
  EXPECT_GE(site->in.lane->last_progress() - before, seconds(58));
}

TEST_F(Story, StoppingClosesThePassageAndReturns) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  const std::string id = passage(site->in);
  bool stopped = false;
  boost::asio::co_spawn(site->io, site->in.lane->stop(),
                        [&stopped](const std::exception_ptr&) { stopped = true; });
  site->settle();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(site->record(id).ending, Ending::interrupted);
  EXPECT_EQ(site->claim("R-1"), ClaimState::interrupted);
  EXPECT_EQ(site->in.barrier.lamp(), core::Lamp::red);
}

}  // namespace
}  // namespace scenario
