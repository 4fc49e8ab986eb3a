"""Reading the files of publishers: tables and workbooks, columns by their headers, cells."""
