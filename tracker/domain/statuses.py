"""Where a project stands: status, stage of the Vietnamese procedure, how sure a place or a fact is."""

from __future__ import annotations

from dataclasses import dataclass, field

from .text import Text
from .vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Status(Term):
    """A project's or unit's status. `live` ones are in totals unless the reader asks otherwise."""

    group: str = "planned"  # planned | operating | ended | unknown
    live: bool = True


STATUSES: Vocabulary[Status] = Vocabulary(
    "status",
    Status(
        "announced",
        Text("Công bố", "Announced"),
        Text(
            "Có trong quy hoạch hoặc kế hoạch công khai; chưa xin chấp thuận, đất đai hay thu xếp vốn.",
            "In a public plan or announcement; no approval, land or finance sought yet.",
        ),
    ),
    Status(
        "pre_construction",
        Text("Chuẩn bị đầu tư", "Pre-construction"),
        Text(
            "Đang làm hoặc đã có thủ tục đầu tư: chấp thuận, lựa chọn nhà đầu tư, đất đai, thu xếp vốn.",
            "Approvals, investor selection, land or finance under way or obtained.",
        ),
    ),
    Status(
        "construction",
        Text("Đang xây dựng", "Construction"),
        Text(
            "Đang thi công, lắp đặt thiết bị; lễ khởi công chưa đủ.",
            "Equipment or building work under way; a ground-breaking ceremony is not enough.",
        ),
    ),
    Status(
        "operating",
        Text("Đang vận hành", "Operating"),
        Text("Đã vận hành thương mại, toàn bộ hoặc một phần.", "In commercial operation, wholly or partly."),
        group="operating",
    ),
    Status(
        "shelved",
        Text("Tạm dừng", "Shelved"),
        Text("Đã dừng, chưa hủy.", "Stopped, not cancelled."),
        group="ended",
        live=False,
    ),
    Status(
        "cancelled",
        Text("Đã hủy", "Cancelled"),
        Text("Đã công bố hủy hoặc chấm dứt.", "Cancelled or terminated."),
        group="ended",
        live=False,
    ),
    Status(
        "retired",
        Text("Ngừng vận hành", "Retired"),
        Text("Đã ngừng vận hành vĩnh viễn.", "Permanently out of operation."),
        group="ended",
        live=False,
    ),
    Status(
        "unknown",
        Text("Chưa rõ", "Unknown"),
        Text("Nguồn không cho biết tình trạng.", "No source tells the status."),
        group="unknown",
    ),
)


@dataclass(frozen=True, slots=True)
class Stage(Term):
    """A step of the Vietnamese investment procedure, with its legal basis."""

    basis: Text = field(default=Text("", ""))


STAGES: Vocabulary[Stage] = Vocabulary(
    "stage",
    Stage(
        "planned",
        Text("Trong quy hoạch", "In plan"),
        basis=Text(
            "QĐ 500, 768; Luật 61/2024/QH15; NĐ 56/2025",
            "Decisions 500, 768; Law 61/2024/QH15; Decree 56/2025",
        ),
    ),
    Stage(
        "survey",
        Text("Khảo sát", "Survey"),
        basis=Text("NĐ 58/2025; NQ 253/2025/QH15", "Decree 58/2025; Resolution 253/2025/QH15"),
    ),
    Stage(
        "ipa",
        Text("Chấp thuận chủ trương đầu tư", "Investment policy approval"),
        basis=Text("Luật Đầu tư 143/2025/QH15, Điều 24", "Law on Investment 143/2025/QH15, Article 24"),
    ),
    Stage(
        "investor_selection",
        Text("Lựa chọn nhà đầu tư (đấu thầu)", "Investor selection (bidding)"),
        basis=Text("NĐ 56/2025", "Decree 56/2025"),
    ),
    Stage(
        "investor_approved",
        Text(
            "Chấp thuận nhà đầu tư, giấy chứng nhận đăng ký đầu tư",
            "Investor approved, investment registration certificate",
        ),
        basis=Text("Luật Đầu tư 143/2025/QH15", "Law on Investment 143/2025/QH15"),
    ),
    Stage(
        "fs_eia",
        Text("Báo cáo nghiên cứu khả thi, đánh giá tác động môi trường", "Feasibility study, EIA"),
        basis=Text("Luật Xây dựng; Luật Bảo vệ môi trường", "Construction law; Environment law"),
    ),
    Stage(
        "land",
        Text("Thu hồi đất, giải phóng mặt bằng", "Land acquisition and clearance"),
        basis=Text("Luật Đất đai; NQ 254/2025/QH15", "Land Law; Resolution 254/2025/QH15"),
    ),
    Stage(
        "ppa",
        Text("Thỏa thuận đấu nối, hợp đồng mua bán điện", "Grid agreement, PPA or direct PPA"),
        basis=Text("Luật 61/2024/QH15; NĐ 57/2025", "Law 61/2024/QH15; Decree 57/2025"),
    ),
    Stage("financing", Text("Thu xếp vốn", "Financial close")),
    Stage("construction", Text("Khởi công, xây dựng", "Ground-breaking, construction")),
    Stage(
        "commissioning",
        Text("Chạy thử nghiệm thu, COD", "Commissioning, COD"),
        basis=Text("NĐ 61/2025", "Decree 61/2025"),
    ),
    Stage("operating", Text("Vận hành thương mại", "Commercial operation")),
    Stage("suspended", Text("Tạm dừng", "Suspended")),
    Stage("terminated", Text("Chấm dứt", "Terminated")),
)

ACCURACIES: Vocabulary[Term] = Vocabulary(
    "accuracy",
    Term(
        "exact",
        Text("Chính xác", "Exact"),
        Text("Đo hoặc đối chiếu được tại chỗ.", "Surveyed, or matched to the plant itself."),
    ),
    Term(
        "approximate",
        Text("Gần đúng", "Approximate"),
        Text("Gần khu vực dự án; có thể lệch vài kilômét.", "Near the project; may be several kilometres off."),
    ),
    Term(
        "commune",
        Text("Theo xã, phường", "By commune"),
        Text("Điểm đại diện của xã, phường.", "A point standing for the commune."),
    ),
    Term(
        "province",
        Text("Theo tỉnh", "By province"),
        Text("Chỉ biết tỉnh; không vẽ thành điểm.", "Only the province is known; never drawn as a point."),
    ),
)

PRECISIONS: Vocabulary[Term] = Vocabulary(
    "public_precision",
    Term("exact", Text("Công khai như đã lưu", "As stored")),
    Term("commune", Text("Chỉ công khai xã, phường", "Commune only")),
    Term("province", Text("Chỉ công khai tỉnh", "Province only")),
    Term("hidden", Text("Không công khai vị trí", "Hidden")),
)

CONFIDENCES: Vocabulary[Term] = Vocabulary(
    "confidence",
    Term("high", Text("Cao", "High")),
    Term("medium", Text("Trung bình", "Medium")),
    Term(
        "low",
        Text("Thấp", "Low"),
        Text("Chưa kiểm chứng; cần đối chiếu trước khi dùng.", "Unverified; check before use."),
    ),
)

RELATIONS: Vocabulary[Term] = Vocabulary(
    "plan_relation",
    Term("listed", Text("Trong quy hoạch (nêu tên)", "Listed in the plan")),
    Term("allocation", Text("Trong phân bổ của tỉnh", "Within a provincial allocation")),
    Term("backup", Text("Dự phòng, tiềm năng", "Backup or potential")),
    Term("proposed", Text("Đề xuất bổ sung", "Proposed for addition")),
    Term("outside", Text("Ngoài quy hoạch điện", "Outside the power plan")),
)
UNLINKED = Term("unlinked", Text("Chưa liên kết", "Not linked yet"))

ROLES_OF_PARTIES: Vocabulary[Term] = Vocabulary(
    "party_role",
    Term("investor", Text("Nhà đầu tư", "Investor")),
    Term("developer", Text("Chủ đầu tư", "Developer")),
    Term("operator", Text("Đơn vị vận hành", "Operator")),
    Term("contractor", Text("Nhà thầu", "Contractor")),
    Term("lender", Text("Bên cho vay", "Lender")),
    Term("consultant", Text("Tư vấn", "Consultant")),
    Term("authority", Text("Cơ quan nhà nước có thẩm quyền", "Competent authority")),
)

PROJECT_RELATIONS: Vocabulary[Term] = Vocabulary(
    "project_relation",
    Term("supplies", Text("Cung cấp cho", "Supplies")),
    Term("co_located", Text("Cùng địa điểm", "Co-located with")),
    Term("replaces", Text("Thay thế", "Replaces")),
    Term("same_complex", Text("Cùng tổ hợp", "In the same complex as")),
)

REVIEW_STATES: Vocabulary[Term] = Vocabulary(
    "review_state",
    Term("draft", Text("Bản nháp", "Draft")),
    Term("submitted", Text("Chờ duyệt", "Submitted")),
    Term("returned", Text("Trả lại", "Returned")),
    Term("published", Text("Đã công bố", "Published")),
)

LAND_STATUSES: Vocabulary[Term] = Vocabulary(
    "land_status",
    Term("not_started", Text("Chưa giải phóng mặt bằng", "Clearance not started")),
    Term("under_way", Text("Đang giải phóng mặt bằng", "Clearance under way")),
    Term("cleared", Text("Đã có mặt bằng sạch", "Cleared")),
    Term("allocated", Text("Đã giao, cho thuê đất", "Allocated or leased")),
)

SELECTION_FORMS: Vocabulary[Term] = Vocabulary(
    "selection_form",
    Term("bidding", Text("Đấu thầu lựa chọn nhà đầu tư", "Bidding")),
    Term("approval", Text("Chấp thuận nhà đầu tư", "Investor approval without bidding")),
    Term("land_auction", Text("Đấu giá quyền sử dụng đất", "Auction of land-use rights")),
    Term("ppp", Text("Đối tác công tư (PPP)", "Public-private partnership")),
    Term("undecided", Text("Chưa xác định", "Not determined")),
)
