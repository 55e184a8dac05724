#include "tests/world/play/api_client.hpp"

#include <fstream>
#include <sstream>

#include <httplib.h>

#include "gate/canon/json.hpp"

namespace world {
namespace {

using nlohmann::json;

core::Result<json> body_of(const httplib::Result& answer, const std::string& path) {
  if (!answer) return core::fail(core::Fault::broken, path + ": " + httplib::to_string(answer.error()));
  if (answer->status >= 300) {
    return core::fail(core::Fault::refused,
                      path + ": " + std::to_string(answer->status) + " " + answer->body);
  }
  return canon::parse_strict(answer->body);
}

}  // namespace

struct ApiClient::Body {
  httplib::Client http;
  Body(const std::string& host, int port) : http(host, port) {
    http.set_keep_alive(true);
    http.set_connection_timeout(2, 0);
    http.set_read_timeout(5, 0);
  }
  core::Result<json> get(const std::string& path) { return body_of(http.Get(path), path); }
};

std::map<std::string, std::string> read_tokens(const std::filesystem::path& file) {
  std::map<std::string, std::string> tokens;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string name, role, token;
    if (words >> name >> role >> token && name[0] != '#') tokens[name] = token;
  }
  return tokens;
}

ApiClient::ApiClient(const config::Endpoint& console, std::map<std::string, std::string> tokens)
    : body_(std::make_unique<Body>(console.host, console.port)), tokens_(std::move(tokens)) {}

ApiClient::~ApiClient() = default;

core::Result<ports::LinkReport> ApiClient::link() {
  const auto answer = body_->get("/api/status");
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->is_object() || !answer->contains("link")) {
    return core::fail(core::Fault::malformed, "/api/status: link is missing");
  }
  return canon::from_json<ports::LinkReport>(answer->at("link"), canon::Reading::foreign);
}

core::Result<ports::LaneView> ApiClient::lane(const std::string& name) {
  const auto answer = body_->get("/api/lanes/" + name);
  if (!answer) return tl::unexpected(answer.error());
  return canon::from_json<ports::LaneView>(*answer, canon::Reading::foreign);
}

core::Result<core::PassageRecord> ApiClient::passage(const std::string& id) {
  const auto answer = body_->get("/api/passages/" + id);
  if (!answer) return tl::unexpected(answer.error());
  return canon::from_json<core::PassageRecord>(*answer, canon::Reading::foreign);
}

core::Result<core::DecisionAnswer> ApiClient::decide(const ports::LaneView& seen, const OperatorCall& call) {
  const auto token = tokens_.find(call.by);
  if (token == tokens_.end()) return core::fail(core::Fault::not_found, "no token of \"" + call.by + "\"");
  json decision{{"passage", seen.passage.id},
                {"revision", seen.revision},
                {"action", boost::describe::enum_to_string(call.action, "?")},
                {"reason", boost::describe::enum_to_string(call.reason, "?")}};
  if (!call.text.empty()) decision["text"] = call.text;
  if (call.plate) decision["plate"] = *call.plate;
  if (call.container) decision["container"] = *call.container;
  if (call.replaces) decision["replaces"] = *call.replaces;
  const std::string path = "/api/lanes/" + seen.lane + "/decisions";
  const auto answer = body_of(body_->http.Post(path, {{"Authorization", "Bearer " + token->second}},
                                               decision.dump(), "application/json"),
                              path);
  if (!answer) return tl::unexpected(answer.error());
  const bool accepted = answer->value("answer", "") == "accepted";
  return accepted ? core::DecisionAnswer::accepted : core::DecisionAnswer::second_person_needed;
}

}  // namespace world
