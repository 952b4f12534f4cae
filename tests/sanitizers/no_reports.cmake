# cmake -D FOLDER=<folder> -P no_reports.cmake: prints what the sanitizers wrote there, and fails if that is anything.
# A report goes to a file, since a program that is expected to fail, or whose output nobody reads, would hide it.
file(GLOB reports ${FOLDER}/*)
foreach(report IN LISTS reports)
  file(READ ${report} text)
  message("${report}:\n${text}")
endforeach()
if(reports)
  list(LENGTH reports count)
  message(FATAL_ERROR "${count} sanitizer reports in ${FOLDER}, see above")
endif()
