// What the platform says to an appliance whose journal is not its newest one.
#pragma once

#include <optional>

#include "tests/world/platform/event_book.hpp"
#include "tests/world/platform/stream_book.hpp"

namespace world {

/// A journal that ends before what was taken over from it gets its receipt; one that was restored is told
/// what it does not know: the stream goes on by those uses. nullopt: nothing is to be said.
[[nodiscard]] std::optional<syncing::Receipt> answer_to(const syncing::Status& status, const EventBook& book,
                                                        StreamBook& stream);

}  // namespace world
