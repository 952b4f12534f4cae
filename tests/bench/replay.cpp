// SPDX-License-Identifier: MIT
// medusa_replay URL FILE statements|text: what no migration tool can be quicker than. Sends the
// statements of FILE, each ended by a NUL, over one libpq connection in one transaction: one at a
// time, or all in one text.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <libpq-fe.h>
#include <string>

namespace {

/// Ends the program if it is refused.
void send(PGconn* connection, const char* sql) {
  PGresult* const result = PQexec(connection, sql);
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    std::fprintf(stderr, "%s%s\n", PQerrorMessage(connection), sql);
    std::exit(EXIT_FAILURE);
  }
  PQclear(result);
}

void send_one_by_one(PGconn* connection, const std::string& statements) {
  send(connection, "BEGIN");
  for (std::size_t at = 0; at < statements.size(); at += std::strlen(&statements[at]) + 1) {
    send(connection, &statements[at]);
  }
  send(connection, "COMMIT");
}

void send_together(PGconn* connection, const std::string& statements) {
  std::string text = "BEGIN;\n";
  for (const char byte : statements) {
    text += byte == '\0' ? std::string(";\n") : std::string(1, byte);
  }
  send(connection, (text + "COMMIT").c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: medusa_replay URL FILE statements|text\n", stderr);
    return EXIT_FAILURE;
  }
  std::ifstream file(argv[2], std::ios::binary);
  const std::string statements((std::istreambuf_iterator<char>(file)), {});
  PGconn* const connection = PQconnectdb(argv[1]);
  if (PQstatus(connection) != CONNECTION_OK || statements.empty()) {
    std::fprintf(stderr, "%s\n", PQerrorMessage(connection));
    return EXIT_FAILURE;
  }
  if (std::strcmp(argv[3], "text") == 0) {
    send_together(connection, statements);
  } else {
    send_one_by_one(connection, statements);
  }
  PQfinish(connection);
  return EXIT_SUCCESS;
}
