"""What may be wanting in a project's record: kinds of shortcomings, each with the field at which it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Text
from .vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Shortcoming(Term):
    """One kind. `field`: where the form mends it when nothing closer is known; empty when it is the project page."""

    field: str = ""


SHORTCOMINGS: Vocabulary[Shortcoming] = Vocabulary(
    "shortcoming",
    Shortcoming(
        "contradictory",
        Text("Mâu thuẫn", "Contradictory"),
        Text("Các thông tin không thể cùng đúng.", "Facts that cannot all be true."),
        "part-identity",
    ),
    Shortcoming(
        "overdue",
        Text("Bước thủ tục quá hạn", "Overdue milestone"),
        Text(
            "Ngày dự kiến đã qua mà chưa có ngày thực tế.", "The planned date has passed without an actual date."
        ),
        "part-milestones",
    ),
    Shortcoming(
        "no_capacity",
        Text("Chưa rõ quy mô", "Size not known"),
        Text("Có tổ máy chưa có số công suất hoặc sản lượng.", "A unit has no figure of capacity or output."),
        "part-units",
    ),
    Shortcoming(
        "no_place",
        Text("Chưa có vị trí", "No place"),
        Text("Không có địa điểm nào được ghi nhận.", "No site is recorded."),
        "part-sites",
    ),
    Shortcoming(
        "province_only",
        Text("Chỉ biết tỉnh", "Place only by province"),
        Text("Không vẽ được thành điểm trên bản đồ.", "Cannot be drawn as a point on the map."),
        "part-sites",
    ),
    Shortcoming(
        "no_plan",
        Text("Chưa liên kết quy hoạch", "No plan link"),
        Text("Chưa gắn với dòng nào của quy hoạch.", "Not tied to any row of a plan."),
        "part-links",
    ),
    Shortcoming(
        "no_source",
        Text("Chưa có nguồn", "No source"),
        Text("Không ghi nguồn nào cho thông tin.", "No source of the facts is recorded."),
        "part-sources",
    ),
    Shortcoming(
        "low_confidence",
        Text("Độ tin cậy thấp", "Low confidence"),
        Text("Cần đối chiếu trước khi dùng.", "To be checked before use."),
        "confidence",
    ),
    Shortcoming(
        "stale",
        Text("Lâu chưa kiểm tra", "Not checked for long"),
        Text(
            "Chưa ai kiểm tra hay sửa trong thời hạn của cơ quan.",
            "Nobody has checked or changed it within the office's limit.",
        ),
        "last_checked",
    ),
    Shortcoming(
        "no_english",
        Text("Thiếu tiếng Anh", "English missing"),
        Text("Thiếu tên hoặc tóm tắt tiếng Anh.", "The English name or summary is missing."),
        "name_en",
    ),
    Shortcoming(
        "no_vietnamese",
        Text("Thiếu tiếng Việt", "Vietnamese missing"),
        Text("Thiếu tên hoặc tóm tắt tiếng Việt.", "The Vietnamese name or summary is missing."),
        "name_vi",
    ),
    Shortcoming(
        "unpublished",
        Text("Thay đổi chưa công bố", "Unpublished changes"),
        Text(
            "Bản làm việc khác bản công chúng đang đọc.", "The working copy is not what the public reads."
        ),
    ),
)
