// The checks of the table, one function each. They only look; verify.cpp composes what they found.
#pragma once

#include "gate/core/checks/scene.hpp"

namespace core::checks {

/// The outcome follows from the reasons: one that denies fails, else one that refers leaves it unknown.
[[nodiscard]] Check made(CheckKind kind, const std::string& job, std::vector<Reason> reasons);
[[nodiscard]] Check not_applicable(CheckKind kind, const std::string& job = {});

// ---- of the truck
[[nodiscard]] Check restriction(const Scene& scene);
[[nodiscard]] Check appointment(const Scene& scene);
[[nodiscard]] Check visit(const Scene& scene);
[[nodiscard]] Check plate(const Scene& scene);
[[nodiscard]] Check badge(const Scene& scene);
[[nodiscard]] Check containers_aboard(const Scene& scene);

/// Entry: another tractor came than announced, and badge, TAR and haulier vouch for it.
[[nodiscard]] bool substitute_tractor(const Scene& scene);

// ---- of one job
[[nodiscard]] Check right(const Scene& scene, const JobScene& job);
[[nodiscard]] Check lights(const Scene& scene, const JobScene& job);
[[nodiscard]] Check driver(const Scene& scene, const JobScene& job);
[[nodiscard]] Check haulier(const Scene& scene, const JobScene& job);
[[nodiscard]] Check means_of_transport(const Scene& scene, const JobScene& job);
[[nodiscard]] Check container(const Scene& scene, const JobScene& job);
[[nodiscard]] Check data(const Scene& scene, const JobScene& job);

/// What leaves under an orange customs light needs; empty where the job has no right.
[[nodiscard]] std::vector<FollowUp> follow_ups(const Scene& scene, const JobScene& job);

/// Customs is red and the policy only warns.
[[nodiscard]] bool customs_warned(const Scene& scene, const JobScene& job);

/// Every container that the visit may take was read by the lane itself, and surely.
[[nodiscard]] bool corroborated(const Scene& scene);

}  // namespace core::checks
