#include "tests/world/platform/restored.hpp"

#include <vector>

namespace world {

std::optional<syncing::Receipt> answer_to(const syncing::Status& status, const EventBook& book,
                                          StreamBook& stream) {
  auto receipt = book.receipt(status.appliance, status.journal_id);
  if (!status.online || (!status.restored && receipt.up_to <= status.events)) return std::nullopt;
  if (!status.restored || stream.epoch() == 0) return receipt;
  auto uses = book.used_beyond(status.journal_id, status.restored->knows);
  std::erase_if(uses, [&stream](const auto& use) { return stream.has(use); });
  if (!uses.empty()) (void)stream.append(uses);
  receipt.told = syncing::Told{stream.epoch(), stream.sequence(), book.known()};
  return receipt;
}

}  // namespace world
