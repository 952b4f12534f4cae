// SPDX-License-Identifier: MIT
// Pictures of shops that do not exist, the same each time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "medusa/report/migration_picture.hpp"

namespace medusa {

/// How big the shop is.
struct MadeShop {
  std::size_t members = 3;
  std::size_t migrations = 7;
  std::size_t pending = 2;    ///< The newest ones.
  std::size_t conflicts = 0;  ///< Between neighbours of different members.
};

/// The first member has two thirds of the migrations, over years; the others come later, and need
/// something of the first member, or are declared to come after it.
inline MigrationPicture made_picture(const MadeShop& shop) {
  constexpr std::int64_t kStart = 1611063162649;  // as the core's first
  constexpr std::int64_t kDay = 86400000;
  std::mt19937 random(7);
  const auto below = [&](std::size_t bound) { return random() % bound; };
  MigrationPicture picture{.title = "made-up shop", .database = "postgresql://shop@db/shop"};
  for (std::size_t i = 0; i < shop.members; ++i) {
    picture.lanes.push_back(
        {.name = i == 0 ? "@medusajs/medusa" : "medusa-plugin-" + std::to_string(i),
         .version = "1.20." + std::to_string(i)});
  }
  std::int64_t time = kStart;
  for (std::size_t i = 0; i < shop.migrations; ++i) {
    time += static_cast<std::int64_t>(below(20) + 1) * kDay;
    const bool is_core = shop.members == 1 || i < shop.members || below(3) < 2;
    const std::size_t lane = is_core ? 0 : 1 + below(shop.members - 1);
    const std::string table = "table_" + std::to_string(i);
    PictureNode node{
        .lane = lane,
        .name = "CreateTable" + std::to_string(i) + 'A' + std::to_string(time),
        .timestamp = time,
        .state = MigrationState::Applied,
        .why_here = "by timestamp",
        .source = "src/migrations/" + std::to_string(time) + "-create.ts",
        .sql = "CREATE TABLE \"" + table + "\" (\n  id text PRIMARY KEY,\n  amount integer\n);\n",
        .footprint = {"creates table " + table}};
    if (i + shop.pending >= shop.migrations) {
      node.position = i + shop.pending - shop.migrations + 1;
      node.state = *node.position == 1 ? MigrationState::Late : MigrationState::Pending;
    }
    picture.nodes.push_back(node);
  }
  std::vector<std::size_t> last_of(shop.members, shop.migrations);
  for (std::size_t i = 0; i < shop.migrations; ++i) {
    const std::size_t lane = picture.nodes[i].lane;
    if (lane != 0 && below(2) == 0) {
      std::size_t from = below(i);
      const bool is_declared = below(4) == 0;
      if (picture.nodes[from].lane != lane) {
        picture.edges.push_back(
            {.from = from,
             .to = i,
             .kind = is_declared ? PictureEdgeKind::Declared : PictureEdgeKind::Inferred,
             .reason = is_declared ? "after = [\"...\"] in medusa.toml"
                                   : "needs table table_" + std::to_string(from)});
      }
    }
    if (last_of[lane] < i) {
      picture.edges.push_back(
          {.from = last_of[lane], .to = i, .kind = PictureEdgeKind::SameMember, .reason = ""});
    }
    last_of[lane] = i;
  }
  for (std::size_t i = shop.migrations; i-- > 1 && picture.conflicts.size() < shop.conflicts;) {
    if (picture.nodes[i].lane != picture.nodes[i - 1].lane) {
      picture.conflicts.push_back(
          {.first = i - 1, .second = i, .text = "both create table review_" + std::to_string(i)});
    }
  }
  return picture;
}

/// Everything outside is hostile.
inline MigrationPicture hostile_picture() {
  const std::string attack =
      "</script><script>window.attacked=1</script><img src=x onerror='window.attacked=1'>\"'`]>--> "
      "{{rows}} &lt;";
  MigrationPicture picture{.title = attack, .database = attack};
  picture.lanes = {{.name = attack, .version = attack},
                   {.name = "javascript:window.attacked=1", .version = ""}};
  for (std::size_t lane = 0; lane < 2; ++lane) {
    picture.nodes.push_back({.lane = lane,
                             .name = attack + std::to_string(lane),
                             .timestamp = lane == 0 ? 0 : 1700000000000,
                             .position = lane + 1,
                             .why_here = attack,
                             .source = attack,
                             .dynamic_reason = lane == 0 ? attack : "",
                             .sql = "SELECT '" + attack + "';\n",
                             .footprint = {attack},
                             .notes = {attack}});
  }
  picture.edges = {{.from = 0, .to = 1, .kind = PictureEdgeKind::Declared, .reason = attack}};
  picture.conflicts = {{.first = 0, .second = 1, .text = attack}};
  return picture;
}

}  // namespace medusa
