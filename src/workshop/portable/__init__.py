"""The folder for Windows: Python and libraries put in, start files, signatures, a page for the IT department."""
