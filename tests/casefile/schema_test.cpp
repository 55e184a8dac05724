// The schema that ships is the one that the structs have.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "gate/canon/json.hpp"
#include "gate/casefile/case.hpp"

namespace {

const std::string file = std::string(GATEHOUSE_SOURCE) + "/gate/casefile/case.schema.json";

/// The few words of JSON Schema that our schema uses; the first violation, or nothing.
std::string violation(const nlohmann::json& schema, const nlohmann::json& value, const nlohmann::json& root);

std::string object_violation(const nlohmann::json& schema, const nlohmann::json& value,
                             const nlohmann::json& root) {
  for (const auto& key : schema["required"]) {
    if (!value.contains(key)) return "missing " + key.get<std::string>();
  }
  for (const auto& [key, item] : value.items()) {
    if (!schema["properties"].contains(key)) return "unknown " + key;
    const std::string inner = violation(schema["properties"][key], item, root);
    if (!inner.empty()) return key + "." + inner;
  }
  return "";
}

std::string violation(const nlohmann::json& schema, const nlohmann::json& value, const nlohmann::json& root) {
  if (schema.contains("$ref")) {
    return violation(root.at(nlohmann::json::json_pointer(schema["$ref"].get<std::string>().substr(1))),
                     value, root);
  }
  if (schema.contains("const")) return schema["const"] == value ? "" : "not the constant";
  if (schema.contains("anyOf")) return violation(schema["anyOf"][0], value, root);
  const std::string type = schema["type"];
  if (type == "object") return value.is_object() ? object_violation(schema, value, root) : "no object";
  if (type == "boolean") return value.is_boolean() ? "" : "no boolean";
  if (type == "integer") return value.is_number_integer() ? "" : "no integer";
  if (type == "string" && !value.is_string()) return "no string";
  if (schema.contains("enum")) {
    return std::count(schema["enum"].begin(), schema["enum"].end(), value) == 1 ? ""
                                                                                : "not of the enumeration";
  }
  if (type != "array") return "";
  for (const auto& item : value) {
    const std::string inner = violation(schema["items"], item, root);
    if (!inner.empty()) return inner;
  }
  return "";
}

TEST(Schema, TheFileIsWhatTheStructsSay) {
  if (std::getenv("GATEHOUSE_WRITE_SCHEMA") != nullptr) std::ofstream(file) << casefile::schema();
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_EQ(text.str(), casefile::schema())
      << "run this test with GATEHOUSE_WRITE_SCHEMA=1 and look at the difference";
}

TEST(Schema, ACaseFollowsIt) {
  const nlohmann::json schema = nlohmann::json::parse(casefile::schema());
  casefile::Case the_case;
  the_case.evidence.badge = core::BadgeEvidence{"k1:00", {}};
  the_case.evidence.containers = {{"CSQU3054383", "22G1", true, true, core::Source::read}};
  the_case.dossier.rights.emplace_back();
  the_case.dossier.visits.emplace_back().jobs.emplace_back();
  const nlohmann::json json = canon::to_json(the_case);
  EXPECT_EQ(violation(schema, json, schema), "");
}

TEST(Schema, WhatIsNoCaseDoesNotFollowIt) {
  const nlohmann::json schema = nlohmann::json::parse(casefile::schema());
  nlohmann::json json = canon::to_json(casefile::Case{});
  json["evidence"]["direction"] = "sideways";
  EXPECT_EQ(violation(schema, json, schema), "evidence.direction.not of the enumeration");
  json = canon::to_json(casefile::Case{});
  json["policy"].erase("driver");
  EXPECT_EQ(violation(schema, json, schema), "policy.missing driver");
  json = canon::to_json(casefile::Case{});
  json["rulesVersion"] = core::rules_version + 1;
  EXPECT_EQ(violation(schema, json, schema), "rulesVersion.not the constant");
}

}  // namespace
