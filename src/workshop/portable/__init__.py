"""The folder for Windows: Python and libraries put in, files to double-click, a page for the IT department."""
