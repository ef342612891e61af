# Debian's single OpenCV packages (libopencv-core-dev, libopencv-imgproc-dev, libopencv-video-dev)
# carry headers and libraries, but OpenCV's CMake files come only with the package of everything.
# This finds the three modules and names them as OpenCV does: opencv_core, opencv_imgproc, opencv_video.
find_path(OpenCVModules_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(module core imgproc video)
  find_library(OpenCVModules_${module} opencv_${module} REQUIRED)
  if(NOT TARGET opencv_${module})
    add_library(opencv_${module} UNKNOWN IMPORTED)
    set_target_properties(opencv_${module} PROPERTIES IMPORTED_LOCATION ${OpenCVModules_${module}}
                          INTERFACE_INCLUDE_DIRECTORIES ${OpenCVModules_INCLUDE_DIR})
  endif()
endforeach()
set_property(TARGET opencv_imgproc PROPERTY INTERFACE_LINK_LIBRARIES opencv_core)
set_property(TARGET opencv_video PROPERTY INTERFACE_LINK_LIBRARIES opencv_imgproc)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCVModules DEFAULT_MSG OpenCVModules_INCLUDE_DIR)
