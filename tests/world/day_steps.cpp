#include <algorithm>

#include "tests/world/day_parser.hpp"
#include "tests/world/day_words.hpp"

namespace world {
namespace {

enum class Action { update, cut_off, come_back, wait };
BOOST_DESCRIBE_ENUM(Action, update, cut_off, come_back, wait)

}  // namespace

void DayParser::step(ScriptTable table) {
  Step step;
  step.line = table.line();
  if (table.has("truck") == table.has("platform")) {
    table.complain("", "a [[step]] is either truck = \"its name\" or platform = \"what it does\"");
    return;
  }
  if (table.has("truck")) {
    step.what = truck(table);
  } else {
    switch (table.word("platform", Action::wait)) {
      case Action::update:
        step.what = update(table);
        break;
      case Action::cut_off:
        step.what = CutOff{};
        break;
      case Action::come_back: {
        ComeBack back{table.texts("reconciled")};
        for (const auto& id : back.reconciled) (void)known_right(table, "reconciled", id);
        step.what = std::move(back);
        break;
      }
      case Action::wait:
        if (!table.has("for")) table.complain("for", "is missing: how long to wait");
        step.what = Wait{table.offset("for").value_or(core::Milliseconds{0})};
        break;
    }
  }
  table.close();
  day_.steps.push_back(std::move(step));
}

Truck DayParser::truck(ScriptTable& table) {
  Truck truck;
  truck.name = table.need("truck");
  truck.lane = table.need("lane");
  truck.plate = table.need("plate");
  truck.country = table.text("country").value_or("");
  truck.trailer_plate = table.text("trailer").value_or("");
  truck.badge = table.text("badge");
  truck.tar = table.text("tar");
  for (const auto& code : table.texts("aboard")) truck.aboard.push_back(container_of(table, "aboard", code));
  truck.size_type = table.text("size_type").value_or("");
  truck.condition = table.word("condition", Condition::clean);
  truck.front = table.word("front", Condition::clean);
  truck.behaviour = table.word("behaviour", Behaviour::passes);
  if (const auto first = table.table("first")) truck.first = expected(*first);
  for (const auto& one : table.tables("operators")) truck.operators.push_back(call(one));
  if (const auto inner = table.table("expect")) {
    truck.expected = expected(*inner);
  } else {
    table.complain("expect",
                   "is missing: { decision = \"grant\" } or { decision = \"deny\", reasons = [...] }");
  }
  for (const auto& [id, word] : table.pairs("after")) {
    (void)known_right(table, "after", id);
    truck.after.push_back({id, table.word_of(word, "after", Fate::free)});
  }
  judge(truck, table);
  return truck;
}

/// Where nobody overrides, a grant has no reasons and everything else has some.
void DayParser::judge(const Expected& expected, std::string_view key, ScriptTable& table) {
  if ((expected.decision == core::Decision::grant) == expected.reasons.empty()) return;
  table.complain(key, "a refusal or a referral has reasons, a grant has none");
}

/// What is written correctly and still makes no sense.
void DayParser::judge(const Truck& truck, ScriptTable& table) {
  if (truck.first.has_value() != !truck.operators.empty()) {
    table.complain("operators",
                   "come with first = {...}, the verdict that they find, and the other way round");
  }
  if (truck.operators.empty()) judge(truck.expected, "expect", table);
  if (truck.first) judge(*truck.first, "first", table);
  for (const Step& step : day_.steps) {
    const auto* other = std::get_if<Truck>(&step.what);
    if (other && other->name == truck.name) {
      table.complain("truck",
                     "\"" + truck.name + "\" is the name of the one in line " + std::to_string(step.line));
    }
  }
}

Expected DayParser::expected(ScriptTable table) {
  Expected expected;
  if (!table.has("decision")) table.complain("decision", "is missing: grant, refer or deny");
  expected.decision = table.word("decision", core::Decision::grant);
  expected.reasons = table.words<core::Reason>("reasons");
  expected.follow_ups = table.words<core::FollowUp>("follow_ups");
  expected.mode = table.word("mode", core::Mode::online);
  table.close();
  return expected;
}

OperatorCall DayParser::call(ScriptTable table) {
  OperatorCall call;
  call.by = table.need("by");
  if (!table.has("action")) table.complain("action", "is missing");
  call.action = table.word("action", core::OperatorAction::correct);
  call.reason = table.word("reason", core::OverrideReason::other);
  call.text = table.text("text").value_or("");
  call.plate = table.text("plate");
  if (const auto code = table.text("container")) call.container = container_of(table, "container", *code);
  call.replaces = table.text("replaces");
  table.close();
  return call;
}

Update DayParser::update(ScriptTable& table) {
  Update update;
  const auto all = [&](std::string_view key, RightOp op, core::RightState becomes) {
    for (const std::string& id : table.texts(key)) {
      core::ReleaseRight* right = known_right(table, key, id);
      if (!right) continue;
      right->state = becomes;
      update.changes.push_back({op, *right});
    }
  };
  all("revoke", RightOp::revoke, core::RightState::revoked);
  all("block", RightOp::block, core::RightState::blocked);
  all("unblock", RightOp::unblock, core::RightState::active);
  all("dirty", RightOp::dirty, core::RightState::dirty);
  all("delete", RightOp::remove, core::RightState::deleted);
  for (ScriptTable& inner : table.tables("rights")) {
    if (core::ReleaseRight* right = known_right(inner, "id", inner.need("id"))) {
      right->state = core::RightState::active;
      fill(*right, inner);
      update.changes.push_back({RightOp::upsert, *right});
    }
    inner.close();
  }
  if (update.changes.empty())
    table.complain("", "an update changes something: revoke = [\"R-01\"], rights = [...]");
  return update;
}

core::Result<Day> DayParser::parse(std::string_view toml) {
  const toml::table parsed = toml::parse(toml);
  ScriptTable top(parsed, complaints_);
  day_.title = top.need("title");
  records(top);
  for (const auto& table : top.tables("step")) step(table);
  top.close();
  if (day_.steps.empty()) complaints_.add(1, "step", "a day has at least one [[step]]");
  if (complaints_.any()) return core::fail(core::Fault::malformed, complaints_.text());
  return std::move(day_);
}

}  // namespace world
