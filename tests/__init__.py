"""A regular package: a library of the tests installs a folder of the same name, which would come first."""
