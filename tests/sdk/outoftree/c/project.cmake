cmake_minimum_required(VERSION 3.25)
project(short_titles LANGUAGES C)
find_package(gleaner 1 CONFIG REQUIRED)
gleaner_add_plugin(short-titles SOURCES short_titles.c)
