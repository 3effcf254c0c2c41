cmake_minimum_required(VERSION 3.25)
project(words LANGUAGES CXX)
find_package(gleaner 1 CONFIG REQUIRED)
gleaner_add_plugin(words SOURCES words.cpp)
