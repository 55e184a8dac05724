#include <algorithm>
#include <string>

#include "config/sections.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool same(const core::LightRule& a, const core::LightRule& b) {
  return lower(a.light) == lower(b.light) && lower(a.value) == lower(b.value);
}

core::LightRule load_light(Table& table) {
  core::LightRule rule;
  table.text("light", rule.light, Need::required);
  table.text("value", rule.value, Need::required);
  table.choice("colour", rule.colour, Need::required);
  core::FollowUp follow_up{};
  table.choice("follow_up", follow_up);
  const bool orange = rule.colour == core::Colour::orange;
  if (table.has("follow_up")) rule.follow_up = {follow_up};
  if (orange != table.has("follow_up")) {
    table.wrong(orange ? "colour" : "follow_up",
                "follow_up goes with colour orange, allowed: both or neither");
  }
  table.finish();
  return rule;
}

void load_lights(std::vector<Table> tables, std::vector<core::LightRule>& lights) {
  std::vector<core::LightRule> named;
  for (Table& table : tables) {
    const core::LightRule rule = load_light(table);
    const auto is_same = [&rule](const core::LightRule& other) { return same(rule, other); };
    if (std::any_of(named.begin(), named.end(), is_same)) {
      table.wrong("value", "this light has this value twice, allowed: once");
    }
    named.push_back(rule);
    std::erase_if(lights, is_same);
    lights.push_back(rule);
  }
}

void load_backup_refers(Table table, core::BackupRefers& refers) {
  table.flag("right", refers.right);
  table.flag("lights", refers.lights);
  table.flag("driver", refers.driver);
  table.flag("haulier", refers.haulier);
  table.flag("means_of_transport", refers.means_of_transport);
  table.flag("data", refers.data);
  table.finish();
}

}  // namespace

void load_policy(Table table, core::Policy& policy) {
  table.flag("cpu_mandatory", policy.cpu_mandatory);
  table.choice("driver", policy.driver);
  table.choice("customs", policy.customs);
  table.duration("right_life_without_expiry", policy.right_life_without_expiry, days(1), days(366));
  table.duration("assignment_max_age", policy.assignment_max_age, 1s, days(7));
  table.duration("right_max_age", policy.right_max_age, 1min, days(30));
  table.duration("slot_early_grace", policy.slot_early_grace, 0s, 24h);
  table.duration("slot_late_grace", policy.slot_late_grace, 0s, 24h);
  if (auto refers = table.table("backup_refers", Need::optional))
    load_backup_refers(std::move(*refers), policy.backup_refers);
  load_lights(table.tables("light", Need::optional), policy.lights);
  table.finish();
}

void load_freshness(Table table, core::FreshnessPolicy& freshness) {
  table.duration("online_max_age", freshness.online_max_age, 1s, 1h);
  table.duration("backup_max_age", freshness.backup_max_age, 1min, days(7));
  if (freshness.backup_max_age <= freshness.online_max_age) {
    table.wrong("backup_max_age", "not longer than online_max_age, allowed: longer");
  }
  table.finish();
}

}  // namespace config
