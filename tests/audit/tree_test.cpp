// Against the vectors that Certificate Transparency's implementations share for RFC 6962.
#include "gate/audit/tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/audit/proof.hpp"
#include "gate/bytes/bytes.hpp"

namespace {

using namespace audit;

std::string unhex(const std::string& digits) { return *bytes::from_hex(digits, digits.size() / 2); }

const std::vector<std::string> inputs = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};

const std::vector<std::string> roots = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash> vector_leaves() {
  std::vector<Hash> leaves;
  for (const std::string& input : inputs) leaves.push_back(leaf_hash(unhex(input)));
  return leaves;
}

Levels levels_of(const std::vector<Hash>& leaves) {
  Levels levels;
  for (const Hash& leaf : leaves) levels.append(leaf);
  return levels;
}

std::vector<std::string> hex(const Proof& proof) {
  std::vector<std::string> out;
  for (const Hash& hash : proof) out.push_back(bytes::to_hex(bytes::view(hash)));
  return out;
}

Hash root_of(const std::vector<Hash>& leaves, std::uint64_t size) {
  Tree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaves[i]);
  return tree.root();
}

std::vector<Hash> some_leaves(std::uint64_t count) {
  std::vector<Hash> leaves;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(std::to_string(i)));
  return leaves;
}

TEST(AuditTree, HasTheRootsOfTheSharedVectors) {
  Tree tree;
  EXPECT_EQ(bytes::to_hex(bytes::view(tree.root())),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    tree.append(leaf_hash(unhex(inputs[i])));
    EXPECT_EQ(bytes::to_hex(bytes::view(tree.root())), roots[i]) << i;
    EXPECT_EQ(tree.size(), i + 1);
  }
}

TEST(AuditTree, GoesOnFromItsFrontierAlone) {
  const auto leaves = some_leaves(40);
  for (std::uint64_t size = 0; size <= leaves.size(); ++size) {
    Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(leaves[i]);
    auto again = Tree::resume(size, tree.frontier());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->root(), tree.root());
    for (std::uint64_t i = size; i < leaves.size(); ++i) again->append(leaves[i]);
    EXPECT_EQ(again->root(), root_of(leaves, leaves.size())) << size;
    EXPECT_FALSE(Tree::resume(size + 2, std::vector<Hash>(tree.frontier().size() + 3)));
  }
}

TEST(AuditLevels, HaveTheRootOfEverySizeThatTheTreeHad) {
  const auto leaves = some_leaves(70);
  const Levels levels = levels_of(leaves);
  for (std::uint64_t size = 0; size <= leaves.size(); ++size)
    EXPECT_EQ(levels.root(0, size), root_of(leaves, size)) << size;
}

TEST(AuditProof, IsThatOfTheSharedVectors) {
  const Levels levels = levels_of(vector_leaves());
  EXPECT_EQ(hex(prove_inclusion(levels, 0, 8)),
            (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(hex(prove_inclusion(levels, 1, 5)),
            (std::vector<std::string>{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
  EXPECT_EQ(hex(prove_consistency(levels, 2, 5)),
            (std::vector<std::string>{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
  EXPECT_TRUE(prove_inclusion(levels, 0, 1).empty());
  EXPECT_TRUE(prove_consistency(levels, 4, 4).empty());
}

TEST(AuditProof, OfEveryLeafAndEverySizeIsTakenAndNoOther) {
  const auto leaves = some_leaves(33);
  const Levels levels = levels_of(leaves);
  for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
    const Hash root = root_of(leaves, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = prove_inclusion(levels, index, size);
      EXPECT_TRUE(is_included(leaves[index], index, size, proof, root)) << index << " of " << size;
      EXPECT_FALSE(is_included(leaves[index], index, size + size, proof, root));
      for (std::uint64_t other = 0; other < size; ++other)
        EXPECT_EQ(is_included(leaves[index], other, size, proof, root), other == index);
    }
    for (std::uint64_t older = 0; older <= size; ++older)
      EXPECT_TRUE(
          is_consistent(older, root_of(leaves, older), size, root, prove_consistency(levels, older, size)))
          << older << " in " << size;
  }
}

RC_GTEST_PROP(AuditProof, NoEditedReorderedOrTruncatedLogPassesAnOldCheckpoint, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(2, 70);
  const auto older = *rc::gen::inRange<std::uint64_t>(1, size);
  auto leaves = some_leaves(size);
  const Hash checkpoint = root_of(leaves, older);
  const auto at = *rc::gen::inRange<std::uint64_t>(0, older);
  if (*rc::gen::arbitrary<bool>() && older > 1)
    std::swap(leaves[at], leaves[(at + 1) % older]);
  else
    leaves[at] = leaf_hash("another record");
  const Proof proof = prove_consistency(levels_of(leaves), older, size);
  RC_ASSERT(!is_consistent(older, checkpoint, size, root_of(leaves, size), proof));
}

RC_GTEST_PROP(AuditProof, WithOneHashChangedLeftOutOrAddedProvesNothing, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(2, 70);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
  const auto leaves = some_leaves(size);
  Proof proof = prove_inclusion(levels_of(leaves), index, size);
  const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      proof[at][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
      break;
    case 1:
      proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    default:
      proof.push_back(proof[at]);
  }
  RC_ASSERT(!is_included(leaves[index], index, size, proof, root_of(leaves, size)));
}

TEST(AuditCommitment, HidesTheRecordBehindItsSaltAndFixesIt) {
  EXPECT_EQ(commitment("salt", "record").size(), 32U);
  EXPECT_NE(commitment("salt", "record"), commitment("other", "record"));
  EXPECT_NE(commitment("salt", "record"), commitment("salt", "another"));
}

}  // namespace
