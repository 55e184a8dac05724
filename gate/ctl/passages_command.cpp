#include <iterator>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "gate/canon/json.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/ctl/event_stream.hpp"
#include "gate/ctl/passage_line.hpp"

namespace ctl {
namespace {

core::Result<nlohmann::json> list(const Client& client, int limit) {
  const auto body = client.get("/api/passages?limit=" + std::to_string(limit));
  if (!body) return tl::unexpected(body.error());
  auto json = canon::parse_strict(*body);
  if (json && !json->is_array())
    return core::fail(core::Fault::malformed, "the daemon's passages are no list");
  return json;
}

/// Prints passages, each once unless every change is wanted as JSON.
class Printer {
 public:
  Printer(bool json, Streams streams) : json_(json), streams_(streams) {}

  bool show(const nlohmann::json& passage) {
    if (json_) return streams_.out << canon::canonical(passage) << std::endl, true;
    const auto record = canon::from_json<core::PassageRecord>(passage, canon::Reading::foreign);
    if (!record) return streams_.err << "a passage of the daemon's: " << record.error().what << "\n", false;
    if (printed_.insert(record->id).second)
      streams_.out << record->id << "  " << passage_line(*record) << std::endl;
    return true;
  }

  /// A live event: a passage counts for people once it has ended.
  bool hear(const ServerEvent& event) {
    if (event.name != "passage") return true;
    const auto passage = canon::parse_strict(event.data);
    if (!passage) return streams_.err << "the daemon's event: " << passage.error().what << "\n", false;
    const bool open = passage->is_object() && passage->value("ending", "open") == "open";
    return open && !json_ ? true : show(*passage);
  }

 private:
  bool json_;
  Streams streams_;
  std::set<std::string> printed_;
};

core::Result<void> follow(const Client& client, Printer& printer) {
  EventStream events;
  return client.stream("/api/live", [&printer, &events](std::string_view bytes) {
    for (const ServerEvent& event : events.feed(bytes)) {
      if (!printer.hear(event)) return false;
    }
    return true;
  });
}

}  // namespace

int passages_command(const Client& client, const PassagesOptions& options, Streams streams) {
  const auto passages = list(client, options.limit);
  if (!passages) return streams.err << passages.error().what << "\n", 1;
  if (!options.json) streams.out << "passage                     " << passage_header() << "\n";
  Printer printer(options.json, streams);
  for (auto passage = passages->rbegin(); passage != passages->rend(); ++passage) {
    const bool later =
        options.follow && !options.json && passage->is_object() && passage->value("ending", "") == "open";
    if (!later && !printer.show(*passage)) return 1;
  }
  if (!options.follow) return 0;
  if (const auto ended = follow(client, printer); !ended) streams.err << ended.error().what << "\n";
  return 1;  // a stream that is to go on has ended
}

}  // namespace ctl
