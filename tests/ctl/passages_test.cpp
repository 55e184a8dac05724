#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/canon/json.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/ctl/passage_line.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using core::PassageRecord;
using ctl_test::Outcome;
using ctl_test::TinyServer;
using testing::HasSubstr;

PassageRecord passage(const std::string& id, core::Ending ending = core::Ending::passed) {
  PassageRecord record;
  record.id = id;
  record.lane = "in-" + id;
  record.ending = ending;
  record.decision = core::Decision::grant;
  return record;
}

std::string list_of(const std::vector<PassageRecord>& records) {
  nlohmann::json all = canon::to_json(records);
  for (auto& one : all) one["explained"] = nlohmann::json::array();
  return canon::canonical(all);
}

std::string event_of(const std::string& name, const std::string& data) {
  return "event: " + name + "\ndata: " + data + "\n\n";
}

/// Passages are listed with their ids, which other commands ask for.
const std::string header = "passage                     " + ctl::passage_header() + "\n";
std::string line_of(const std::string& id) { return id + "  " + ctl::passage_line(passage(id)) + "\n"; }

Outcome run(const TinyServer& server, const ctl::PassagesOptions& options) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = ctl::passages_command(ctl::Client(server.socket()), options, {out, err});
  return {code, out.str(), err.str()};
}

TEST(Passages, AreListedTheOldestFirstUnderAHeader) {
  const TinyServer server({{"/api/passages?limit=20", {200, list_of({passage("2"), passage("1")})}}});
  const Outcome outcome = run(server, {});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, header + line_of("1") + line_of("2"));
}

TEST(Passages, AsJsonOnePerLineWithTheLimitAskedFor) {
  const TinyServer server({{"/api/passages?limit=2", {200, list_of({passage("2"), passage("1")})}}});
  const Outcome outcome = run(server, {.limit = 2, .follow = false, .json = true});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(nlohmann::json::parse(line)["id"], "1");
  std::getline(lines, line);
  EXPECT_EQ(nlohmann::json::parse(line)["id"], "2");
}

TEST(Passages, FollowingPrintsEachPassageOnceWhenItHasEnded) {
  const std::string events = event_of("link", "{}") + event_of("lane", "{}") +
                             event_of("passage", canon::write(passage("2", core::Ending::open))) +
                             event_of("passage", canon::write(passage("2"))) +
                             event_of("passage", canon::write(passage("2")));
  const TinyServer server(
      {{"/api/passages?limit=20", {200, list_of({passage("2", core::Ending::open), passage("1")})}},
       {"/api/live", {200, events}}});
  const Outcome outcome = run(server, {.limit = 20, .follow = true, .json = false});
  EXPECT_EQ(outcome.out, header + line_of("1") + line_of("2"));
  EXPECT_EQ(outcome.code, 1) << "the stream ended";
  EXPECT_THAT(outcome.err, HasSubstr("the daemon ended the connection"));
}

TEST(Passages, FollowingAsJsonHandsOnEveryChange) {
  const std::string events = event_of("passage", canon::write(passage("2", core::Ending::open))) +
                             event_of("passage", canon::write(passage("2")));
  const TinyServer server({{"/api/passages?limit=20", {200, "[]"}}, {"/api/live", {200, events}}});
  EXPECT_EQ(run(server, {.limit = 20, .follow = true, .json = true}).out,
            canon::write(passage("2", core::Ending::open)) + "\n" + canon::write(passage("2")) + "\n");
}

TEST(Passages, WhatIsNoPassageIsAnErrorThatSaysWhere) {
  const TinyServer server({{"/api/passages?limit=20", {200, R"([{"id":7}])"}}});
  const Outcome outcome = run(server, {});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("a passage of the daemon's: id: wrong type"));
}

TEST(Passages, TheDaemonsRefusalIsHandedOn) {
  const TinyServer server(
      {{"/api/passages?limit=20", {503, R"({"error":"broken","what":"the journal cannot be read"})"}}});
  EXPECT_EQ(run(server, {}).err, "the journal cannot be read\n");
}

}  // namespace
