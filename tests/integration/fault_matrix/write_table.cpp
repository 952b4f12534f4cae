// SPDX-License-Identifier: MIT
// write_table FOLDER DOCUMENT: puts the figures that the tests left in the folder into the
// document.
#include <exception>
#include <iostream>

#include "medusa/system/files.hpp"

#include "matrix_table.hpp"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: write_table FOLDER DOCUMENT\n";
    return 2;
  }
  try {
    const std::string table = medusa::fault::matrix_table(argv[1]);
    medusa::write_file(argv[2], medusa::fault::with_table(medusa::read_file(argv[2]), table));
    std::cout << table;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
